import DitherRuntime
public import DitherTensors

/// Samples and the class of each.
public struct LabelledData: Sendable {
  /// One sample a row: [rows, features].
  public let inputs: Tensor
  /// The class of each row, from 0.
  public let labels: [Int]
  /// The number of classes: labels lie below it.
  public let classes: Int
  /// What to call these data.
  public let name: String

  /// Stops unless `inputs` is a matrix with a row for each label and every label lies in 0..<classes.
  public init(inputs: Tensor, labels: [Int], classes: Int, name: String) {
    require(
      inputs.rank == 2 && inputs.shape[0] == labels.count,
      "LabelledData: inputs of shape \(inputs.shape) and \(labels.count) labels; expected a matrix with a row for each label"
    )
    for (row, label) in labels.enumerated() {
      require(
        label >= 0 && label < classes,
        "LabelledData: label \(label) of row \(row); expected one of \(classes) classes, 0..<\(classes)"
      )
    }
    self.inputs = inputs
    self.labels = labels
    self.classes = classes
    self.name = name
  }

  /// The number of rows.
  public var count: Int { labels.count }
  /// The number of columns of the inputs.
  public var features: Int { inputs.shape[1] }

  /// The rows at some indices, in the order given. Stops at an index that is not there.
  public func subset(_ indices: [Int]) -> LabelledData {
    LabelledData(
      inputs: inputs.rows(at: indices), labels: indices.map { labels[$0] }, classes: classes,
      name: name)
  }
}
