import CKernels
import DitherRuntime
public import DitherTensors

/// The mean squared error, and its gradient.
///
/// loss = Σ (predictions − targets)² / (count · columns), the sum in double precision;
/// gradient = 2 · (predictions − targets) / (count · columns).
///
/// For a batch that is computed in parts, `count` is the number of samples of the whole: the losses of the parts then add up
/// to that of the whole, and each sample's gradient is the same to the bit.
///
/// - Parameters:
///   - predictions: samples along the first axis, with at least one element.
///   - targets: of the same shape, or of shape [rows] where the predictions have shape [rows, 1]; finite. Others stop the program.
///   - count: samples of the whole batch, along the first axis: at least those of `predictions`; by default those of `predictions`.
/// - Returns: the loss, and its gradient with respect to the predictions, of their shape.
public func meanSquaredError(
  _ predictions: Tensor, _ targets: Tensor, count: Int? = nil
) -> (loss: Float, gradient: Tensor) {
  let elements = wholeElements(predictions, count: count, "meanSquaredError")
  let targets = finiteTargets(targets, of: predictions, "meanSquaredError")
  var difference = predictions - targets
  let sum = difference.sumOfSquares()
  difference *= Float(2 / elements)
  return (Float(sum / elements), difference)
}

/// The mean absolute error, and its gradient: what is large counts less than in ``meanSquaredError(_:_:count:)``.
///
/// loss = Σ |predictions − targets| / (count · columns), the sum in double precision; gradient = ±1 / (count · columns), 0 where
/// the two are equal.
///
/// For a batch that is computed in parts, `count` is the number of samples of the whole: the losses of the parts then add up
/// to that of the whole, and each sample's gradient is the same to the bit.
///
/// - Parameters:
///   - predictions: samples along the first axis, with at least one element.
///   - targets: of the same shape, or of shape [rows] where the predictions have shape [rows, 1]; finite. Others stop the program.
///   - count: samples of the whole batch, along the first axis: at least those of `predictions`; by default those of `predictions`.
/// - Returns: the loss, and its gradient with respect to the predictions, of their shape.
public func meanAbsoluteError(
  _ predictions: Tensor, _ targets: Tensor, count: Int? = nil
) -> (loss: Float, gradient: Tensor) {
  let elements = wholeElements(predictions, count: count, "meanAbsoluteError")
  let targets = finiteTargets(targets, of: predictions, "meanAbsoluteError")
  return pointwiseLoss(CK_ABSOLUTE_ERROR, predictions, targets, elements: elements)
}

/// Huber's mean loss, and its gradient: squared where the error is small, linear where it is large.
///
/// With d = predictions − targets, a loss is d² / 2 where |d| ≤ δ and δ · (|d| − δ / 2) beyond, its slope d moved into ±δ; both
/// are divided by count · columns. The sum is in double precision.
///
/// For a batch that is computed in parts, `count` is the number of samples of the whole: the losses of the parts then add up
/// to that of the whole, and each sample's gradient is the same to the bit.
///
/// - Parameters:
///   - predictions: samples along the first axis, with at least one element.
///   - targets: of the same shape, or of shape [rows] where the predictions have shape [rows, 1]; finite. Others stop the program.
///   - delta: δ, finite and above 0; another stops the program.
///   - count: samples of the whole batch, along the first axis: at least those of `predictions`; by default those of `predictions`.
/// - Returns: the loss, and its gradient with respect to the predictions, of their shape.
///
/// Source: Huber, *Robust estimation of a location parameter* (1964).
public func huberLoss(
  _ predictions: Tensor, _ targets: Tensor, delta: Float = 1, count: Int? = nil
) -> (loss: Float, gradient: Tensor) {
  let elements = wholeElements(predictions, count: count, "huberLoss")
  let targets = finiteTargets(targets, of: predictions, "huberLoss")
  require(
    delta > 0 && delta.isFinite,
    "huberLoss: delta is \(delta); expected a finite number above 0")
  return pointwiseLoss(CK_HUBER, predictions, targets, elements: elements, delta: delta)
}
