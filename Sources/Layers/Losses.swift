import CKernels
import DitherRuntime
public import DitherTensors

/// The mean cross-entropy of softmax(logits) with the labels, and its gradient.
///
/// loss = Σ_rows (log Σ_c exp(logits[row, c]) − logits[row, label]) / count;
/// gradient = (softmax(logits) − onehot(labels)) / count. The sum over rows is in double precision.
///
/// For a batch that is computed in parts, `count` is the number of rows of the whole: the losses of the parts then add up
/// to that of the whole, and each row's gradient is the same to the bit.
///
/// - Parameters:
///   - logits: shape [rows, classes], with at least one row and one class.
///   - labels: for each row the index of its class, in 0 ..< classes. Another stops the program.
///   - count: rows of the whole batch, at least those of `logits`; by default those of `logits`.
/// - Returns: the loss, and its gradient with respect to the logits, of their shape.
public func crossEntropy(
  _ logits: Tensor, _ labels: [Int], count: Int? = nil
) -> (loss: Float, gradient: Tensor) {
  require(
    logits.rank == 2 && logits.count > 0,
    "crossEntropy: the logits have shape \(logits.shape); expected [rows, classes] with at least one of each"
  )
  let (rows, classes) = (logits.shape[0], logits.shape[1])
  let whole = wholeCount(count, rows: rows, "crossEntropy")
  require(
    labels.count == rows,
    "crossEntropy: \(labels.count) labels for logits of shape \(logits.shape); expected \(rows)")
  for row in 0..<rows where labels[row] < 0 || labels[row] >= classes {
    misuse(
      "crossEntropy: the label of row \(row) is \(labels[row]); expected 0 ..< \(classes)")
  }
  var losses = Tensor(uninitialized: [rows]) { _ in }
  let gradient = unsafe Tensor(undefined: logits.shape) { gradient in
    var execution = unsafe Execution.current.kernelExecution
    unsafe losses.withUnsafeMutablePointer { losses in
      unsafe logits.withUnsafePointer { logits in
        unsafe ck_softmax_cross_entropy(
          &execution, rows, classes, logits, labels, 1 / Float(whole), losses, gradient)
      }
    }
  }
  return (Float(losses.sumInDouble() / Double(whole)), gradient)
}

/// The mean squared error, and its gradient.
///
/// loss = Σ (predictions − targets)² / (count · columns), the sum in double precision;
/// gradient = 2 · (predictions − targets) / (count · columns).
///
/// For a batch that is computed in parts, `count` is the number of rows of the whole: the losses of the parts then add up
/// to that of the whole, and each row's gradient is the same to the bit.
///
/// - Parameters:
///   - predictions: rows along the first axis, with at least one element.
///   - targets: of the same shape.
///   - count: rows of the whole batch, at least those of `predictions`; by default those of `predictions`.
/// - Returns: the loss, and its gradient with respect to the predictions, of their shape.
public func meanSquaredError(
  _ predictions: Tensor, _ targets: Tensor, count: Int? = nil
) -> (loss: Float, gradient: Tensor) {
  require(
    predictions.rank >= 1 && predictions.count > 0,
    "meanSquaredError: the predictions have shape \(predictions.shape); expected [rows, columns] with at least one of each"
  )
  require(
    predictions.shape == targets.shape,
    "meanSquaredError: the targets have shape \(targets.shape); expected the predictions', \(predictions.shape)"
  )
  let rows = predictions.shape[0]
  let elements =
    Double(wholeCount(count, rows: rows, "meanSquaredError")) * Double(predictions.count / rows)
  var difference = predictions - targets
  let sum = difference.sumOfSquares()
  difference *= Float(2 / elements)
  return (Float(sum / elements), difference)
}

/// Rows of the whole batch: as many as the part has, or more.
private func wholeCount(_ count: Int?, rows: Int, _ loss: String) -> Int {
  guard let count else { return rows }
  require(
    count >= rows, "\(loss): count is \(count); expected at least \(rows), the rows of this part")
  return count
}
