public import DitherTensors

/// The share of rows whose greatest output is that of their label.
///
/// Of equal outputs the first counts as the greatest, and a NaN is greater than any number
/// (`Tensor.indicesOfRowMaxima()`).
public struct Accuracy: Metric, Hashable, Codable, Sendable {
  /// Rows that were answered rightly.
  public private(set) var correct = 0
  /// Rows in all.
  public private(set) var rows = 0

  /// Of no rows yet.
  public init() {}

  public var name: String { "accuracy" }
  public var higherIsBetter: Bool { true }
  public var value: Double { Double(correct) / Double(rows) }

  public mutating func add(_ outputs: Tensor, _ labels: [Int]) {
    requireAnswers(outputs, labels, "Accuracy")
    rows += labels.count
    if labels.isEmpty { return }
    correct += zip(outputs.indicesOfRowMaxima(), labels).count { $0 == $1 }
  }
}
