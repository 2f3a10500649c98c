public import DitherTensors

/// A loss as a ``Trainer`` calls it, with its gradient.
///
/// `crossEntropy(outputs, labels, count: count)` is the default. The labels may be anything that a whole number can
/// name: of a regression, the rows of the targets.
///
/// ```swift
/// let targets = Tensor(zeros: [128, 10])
/// let loss: TrainingLoss = { outputs, rows, count in
///   meanSquaredError(outputs, targets.rows(at: rows), count: count)
/// }
/// ```
///
/// - Parameters:
///   - outputs: of the network: some rows of a batch, or all.
///   - labels: those of the rows.
///   - count: rows of the whole batch. The losses of its parts add up to the whole's, and a row's gradient is the same
///     whatever part it is in.
/// - Returns: the loss, and its gradient, of the outputs' shape.
public typealias TrainingLoss = (_ outputs: Tensor, _ labels: [Int], _ count: Int) -> (
  loss: Float, gradient: Tensor
)
