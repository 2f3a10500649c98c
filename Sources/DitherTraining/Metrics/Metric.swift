import DitherRuntime
public import DitherTensors

/// A figure about a network's answers that is gathered batch by batch: a value that begins empty.
///
/// Its result is that of the rows one after the other, and does not depend on how they were split into batches. One of
/// one's own is a few lines:
///
/// ```swift
/// struct ShareOfClass: Metric {
///   let label: Int
///   private var answers = 0
///   private var rows = 0
///
///   init(_ label: Int) { self.label = label }
///
///   var name: String { "share of \(label)" }
///   var higherIsBetter: Bool { true }
///   var value: Double { Double(answers) / Double(rows) }
///
///   mutating func add(_ outputs: Tensor, _ labels: [Int]) {
///     answers += outputs.indicesOfRowMaxima().count { $0 == label }
///     rows += labels.count
///   }
/// }
/// ```
public protocol Metric {
  /// What logs, the progress line and ``EarlyStopping`` call it: short, no other metric's of the same run, not `loss`.
  var name: String { get }
  /// Whether a greater value is a better one.
  var higherIsBetter: Bool { get }
  /// The figure of all rows so far; NaN before the first.
  var value: Double { get }

  /// Takes in some rows.
  ///
  /// - Parameters:
  ///   - outputs: of the network, [rows, classes].
  ///   - labels: the class of each row.
  mutating func add(_ outputs: Tensor, _ labels: [Int])
}

/// Stops unless the outputs are a matrix with a row for each label, and each label is the number of a column.
func requireAnswers(_ outputs: Tensor, _ labels: [Int], classes: Int? = nil, _ metric: String) {
  require(
    outputs.rank == 2 && outputs.shape[0] == labels.count
      && (classes == nil || outputs.shape[1] == classes),
    "\(metric): outputs of shape \(outputs.shape) and \(labels.count) labels; expected [\(labels.count), \(classes.map(String.init) ?? "classes")]"
  )
  let columns = outputs.shape[1]
  for (row, label) in labels.enumerated() where label < 0 || label >= columns {
    misuse("\(metric): the label of row \(row) is \(label); expected 0 ..< \(columns)")
  }
}
