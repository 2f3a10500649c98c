import DitherRuntime
public import DitherTensors
public import Layers

/// The mean over the rows of what a loss gives each row alone, added in double precision in the order of the rows.
public struct MeanLoss: Metric {
  private let loss: TrainingLoss
  private var sum = 0.0
  /// Rows in all.
  public private(set) var rows = 0

  /// Of no rows yet.
  ///
  /// - Parameter loss: a mean over rows, such as the cross-entropy, which is the default.
  public init(_ loss: @escaping TrainingLoss = { crossEntropy($0, $1, count: $2) }) {
    self.loss = loss
  }

  public var name: String { "loss" }
  public var higherIsBetter: Bool { false }
  public var value: Double { sum / Double(rows) }

  public mutating func add(_ outputs: Tensor, _ labels: [Int]) {
    require(
      outputs.rank >= 1 && outputs.shape[0] == labels.count,
      "MeanLoss: outputs of shape \(outputs.shape) and \(labels.count) labels; expected a row for each label"
    )
    for (row, label) in labels.enumerated() {
      sum += Double(loss(outputs.rows(row..<row + 1), [label], 1).loss)
    }
    rows += labels.count
  }
}
