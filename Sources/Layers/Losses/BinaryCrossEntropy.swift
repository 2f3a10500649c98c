import CKernels
import DitherRuntime
public import DitherTensors

/// The mean binary cross-entropy of sigmoid(logits) with the targets, and its gradient: for one answer of yes or no a row, or for
/// several that do not exclude each other.
///
/// loss = Σ (log(1 + exp(x)) − t·x) / (count · columns), computed as max(x, 0) − t·x + log(1 + exp(−|x|)), which does not
/// overflow and loses no digits of a small loss; gradient = (sigmoid(x) − t) / (count · columns). The sum is in double
/// precision.
///
/// For a batch that is computed in parts, `count` is the number of samples of the whole: the losses of the parts then add up
/// to that of the whole, and each sample's gradient is the same to the bit.
///
/// ```swift
/// let (loss, gradient) = binaryCrossEntropy(Tensor(rows: [[2, -1], [0, 3]]), Tensor(rows: [[1, 0], [0, 1]]))
/// ```
///
/// - Parameters:
///   - logits: finite; samples along the first axis, with at least one element.
///   - targets: of the same shape, or of shape [rows] where the logits have shape [rows, 1]; each from 0 to 1. Others stop the
///     program.
///   - count: samples of the whole batch, along the first axis: at least those of `logits`; by default those of `logits`.
/// - Returns: the loss, and its gradient with respect to the logits, of their shape.
public func binaryCrossEntropy(
  _ logits: Tensor, _ targets: Tensor, count: Int? = nil
) -> (loss: Float, gradient: Tensor) {
  let elements = wholeElements(logits, count: count, "binaryCrossEntropy", "logits")
  let targets = fitted(targets, to: logits, "binaryCrossEntropy", "logits")
  requireEach(of: targets, "binaryCrossEntropy", "0 to 1") { $0 >= 0 && $0 <= 1 }
  return pointwiseLoss(CK_BINARY_CROSS_ENTROPY, logits, targets, elements: elements)
}
