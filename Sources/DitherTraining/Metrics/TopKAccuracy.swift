import DitherRuntime
public import DitherTensors

/// The share of rows whose label's output is one of the k greatest.
///
/// Of equal outputs the first counts as greater, and a NaN is greater than any number: at k = 1 this is ``Accuracy``.
public struct TopKAccuracy: Metric, Hashable, Codable, Sendable {
  /// How many of the greatest outputs count.
  public let k: Int
  /// Rows that were answered rightly.
  public private(set) var correct = 0
  /// Rows in all.
  public private(set) var rows = 0

  /// Of no rows yet.
  ///
  /// - Parameter k: at least 1; another stops the program. From the number of classes on, every row counts.
  public init(k: Int) {
    require(k >= 1, "TopKAccuracy: k is \(k); expected at least 1")
    self.k = k
  }

  public var name: String { "top-\(k) accuracy" }
  public var higherIsBetter: Bool { true }
  public var value: Double { Double(correct) / Double(rows) }

  public mutating func add(_ outputs: Tensor, _ labels: [Int]) {
    requireAnswers(outputs, labels, "TopKAccuracy")
    rows += labels.count
    let columns = outputs.shape[1]
    outputs.withSpan { values in
      for (row, label) in labels.enumerated() {
        let first = row * columns
        let own = values[first + label]
        var greater = 0
        for column in 0..<columns where column != label {
          let other = values[first + column]
          let isGreater = other.isNaN ? !own.isNaN : other > own
          let isEqual = other == own || (other.isNaN && own.isNaN)
          if isGreater || (isEqual && column < label) { greater += 1 }
        }
        if greater < k { correct += 1 }
      }
    }
  }
}
