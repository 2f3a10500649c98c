import CKernels
import DitherRuntime
public import DitherTensors

/// The mean cross-entropy of softmax(logits) with the labels, and its gradient.
///
/// loss = Σ_rows Σ_c t[row, c] · (log Σ_k exp(logits[row, k]) − logits[row, c]) / count, with the targets
/// t[row, c] = w[c] · ((1 − s) · [c is the row's label] + s / classes) of class weights w and a smoothing s;
/// gradient = (softmax(logits) · Σ_c t − t) / count. A sample of more than one row counts once for each of them. With neither, a row's loss is log Σ exp(logits) − logits[label], and its
/// gradient softmax(logits) − onehot(label), each over count. The sum over rows is in double precision.
///
/// For a batch that is computed in parts, `count` is the number of samples of the whole: the losses of the parts then add up
/// to that of the whole, and each sample's gradient is the same to the bit. That is why a weighted loss too is divided by the
/// number of rows, and not by the sum of the labels' weights, as PyTorch's mean is: a row's gradient depends on no other row's label.
/// PyTorch's is had by multiplying both results by the number of rows over that sum:
///
/// ```swift
/// let (labels, classWeights): ([Int], [Float]) = ([0, 1, 1], [1, 0.25])
/// var (loss, gradient) = crossEntropy(Tensor(zeros: [3, 2]), labels, classWeights: classWeights)
/// let factor = Float(labels.count) / labels.reduce(0) { $0 + classWeights[$1] }
/// loss *= factor
/// gradient *= factor
/// ```
///
/// - Parameters:
///   - logits: shape [rows, classes], with at least one row and one class; or more axes before the last, which together are
///     the rows.
///   - labels: for each row the index of its class, in 0 ..< classes. Another stops the program.
///   - classWeights: w, one for each class, finite and 0 or more; nil for all 1. A class of weight 0 adds nothing to a loss.
///     Others stop the program.
///   - labelSmoothing: s, from 0 to 1 (Szegedy et al. 2016, section 7); another stops the program.
///   - count: samples of the whole batch, along the first axis: at least those of `logits`; by default those of `logits`.
/// - Returns: the loss, and its gradient with respect to the logits, of their shape. A row that holds an infinity above 0 or
///   not a number makes the loss not a number.
public func crossEntropy(
  _ logits: Tensor, _ labels: [Int], classWeights: [Float]? = nil, labelSmoothing: Float = 0,
  count: Int? = nil
) -> (loss: Float, gradient: Tensor) {
  require(
    logits.rank >= 2 && logits.count > 0,
    "crossEntropy: the logits have shape \(logits.shape); expected [rows, classes] with at least one of each"
  )
  let classes = logits.shape.last!
  let rows = logits.count / classes
  let samples = logits.shape[0]
  let whole = wholeCount(count, samples: samples, "crossEntropy") * (rows / samples)
  requireLabels(labels, rows: rows, classes: classes, logits.shape)
  require(
    labelSmoothing >= 0 && labelSmoothing <= 1,
    "crossEntropy: labelSmoothing is \(labelSmoothing); expected 0 to 1")
  if let classWeights { requireWeights(classWeights, classes: classes) }
  let weights = classWeights.map { Tensor($0) }
  let isPlain = weights == nil && labelSmoothing == 0
  let scale = 1 / Float(whole)
  var losses = Tensor(uninitialized: [rows]) { _ in }
  let gradient = unsafe Tensor(undefined: logits.shape) { gradient in
    var execution = unsafe Execution.current.kernelExecution
    unsafe losses.withUnsafeMutablePointer { losses in
      unsafe logits.withUnsafePointer { logits in
        if isPlain {
          unsafe ck_softmax_cross_entropy(
            &execution, rows, classes, logits, labels, scale, losses, gradient)
        } else {
          unsafe withPointer(weights) { weights in
            unsafe ck_smoothed_cross_entropy(
              &execution, rows, classes, logits, labels, weights, labelSmoothing, scale, losses,
              gradient)
          }
        }
      }
    }
  }
  return (Float(losses.sumInDouble() / Double(whole)), gradient)
}

private func requireLabels(_ labels: [Int], rows: Int, classes: Int, _ shape: [Int]) {
  require(
    labels.count == rows,
    "crossEntropy: \(labels.count) labels for logits of shape \(shape); expected \(rows)")
  for row in 0..<rows where labels[row] < 0 || labels[row] >= classes {
    misuse(
      "crossEntropy: the label of row \(row) is \(labels[row]); expected 0 ..< \(classes)")
  }
}

private func requireWeights(_ weights: [Float], classes: Int) {
  require(
    weights.count == classes,
    "crossEntropy: \(weights.count) class weights for \(classes) classes; expected one for each")
  for (label, weight) in weights.enumerated() {
    require(
      weight >= 0 && weight.isFinite,
      "crossEntropy: the weight of class \(label) is \(weight); expected a finite number, 0 or more"
    )
  }
}
