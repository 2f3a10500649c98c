import DitherRuntime
public import DitherTensors

/// How often rows of each class were taken for each: printed as a table, a class a line.
///
/// ```swift
/// var confusion = ConfusionMatrix(classes: 3)
/// confusion.add(Tensor(rows: [[2, 1, 0], [0, 3, 1], [0, 1, 0]]), [0, 1, 2])
/// print(confusion)
/// // actual  predicted 0  1  2
/// //      0            1  0  0
/// //      1            0  1  0
/// //      2            0  1  0
/// ```
public struct ConfusionMatrix: Metric, Hashable, Codable, Sendable {
  /// The number of classes.
  public let classes: Int
  /// By the actual class, and within it by the predicted one.
  private var counts: [Int]

  /// Of no rows yet.
  ///
  /// - Parameter classes: at least 1; another stops the program.
  public init(classes: Int) {
    require(classes >= 1, "ConfusionMatrix: classes is \(classes); expected at least 1")
    self.classes = classes
    counts = Array(repeating: 0, count: classes * classes)
  }

  public var name: String { "confusion" }
  public var higherIsBetter: Bool { true }
  /// The share of rows on the diagonal: the accuracy.
  public var value: Double {
    Double((0..<classes).reduce(0) { $0 + self[$1, $1] }) / Double(rows)
  }
  /// Rows in all.
  public var rows: Int { counts.reduce(0, +) }

  /// Rows of class `actual` whose greatest output was that of class `predicted`. Stops at a class that is not there.
  public subscript(actual: Int, predicted: Int) -> Int {
    require(
      (0..<classes).contains(actual) && (0..<classes).contains(predicted),
      "ConfusionMatrix: classes \(actual) and \(predicted); expected 0 ..< \(classes)")
    return counts[actual * classes + predicted]
  }

  /// Of the rows of a class, the share that was taken for it; NaN if there are none.
  public func recall(of label: Int) -> Double {
    Double(self[label, label]) / Double((0..<classes).reduce(0) { $0 + self[label, $1] })
  }

  /// Of the rows that were taken for a class, the share that is of it; NaN if there are none.
  public func precision(of label: Int) -> Double {
    Double(self[label, label]) / Double((0..<classes).reduce(0) { $0 + self[$1, label] })
  }

  public mutating func add(_ outputs: Tensor, _ labels: [Int]) {
    requireAnswers(outputs, labels, classes: classes, "ConfusionMatrix")
    if labels.isEmpty { return }
    for (predicted, actual) in zip(outputs.indicesOfRowMaxima(), labels) {
      counts[actual * classes + predicted] += 1
    }
  }
}

extension ConfusionMatrix {
  private enum CodingKeys: CodingKey {
    case classes
    case counts
  }

  /// Throws `DecodingError.dataCorrupted` unless there is a count of 0 or more, of at most 2⁵³ in all, for each two classes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    classes = try container.decode(Int.self, forKey: .classes)
    counts = try container.decode([Int].self, forKey: .counts)
    let (expected, overflows) = classes.multipliedReportingOverflow(by: classes)
    if classes < 1 || overflows || counts.count != expected {
      throw DecodingError.dataCorruptedError(
        forKey: .counts, in: container,
        debugDescription:
          "\(counts.count) counts of \(classes) classes; expected one for each two classes")
    }
    if !areCounts(counts) {
      throw DecodingError.dataCorruptedError(
        forKey: .counts, in: container,
        debugDescription:
          "counts that are negative or add up to more than 2⁵³; expected counts of rows")
    }
  }
}

/// Whether numbers are counts whose sum a `Double` has to the last.
func areCounts(_ numbers: [Int]) -> Bool {
  var left = 1 << 53
  for number in numbers {
    if number < 0 || number > left { return false }
    left -= number
  }
  return true
}

extension ConfusionMatrix: CustomStringConvertible {
  public var description: String {
    let (corner, over) = ("actual", "predicted")
    let width = max(String(counts.max() ?? 0).utf8.count, String(classes - 1).utf8.count)
    func line(_ head: String, _ cell: (Int) -> String) -> String {
      head + " " + (0..<classes).map { padded(cell($0), width) }.joined(separator: "  ")
    }
    let gap = String(repeating: " ", count: 2 + over.utf8.count)
    var lines = [line("\(corner)  \(over)") { String($0) }]
    for actual in 0..<classes {
      lines.append(
        line(padded(String(actual), corner.utf8.count) + gap) { String(self[actual, $0]) })
    }
    return lines.joined(separator: "\n")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.utf8.count)) + text
  }
}
