import DitherRuntime
public import DitherTensors

/// Some rows of the data, to be trained on at once.
public struct Batch: Sendable {
  /// [rows, features]; of data that are prepared, any axes after the rows.
  public let inputs: Tensor
  /// The class of each row.
  public let labels: [Int]

  /// Stops unless there is a row for each label.
  public init(inputs: Tensor, labels: [Int]) {
    require(
      inputs.rank >= 1 && inputs.shape[0] == labels.count,
      "Batch: inputs of shape \(inputs.shape) and \(labels.count) labels; expected a row for each label"
    )
    self.inputs = inputs
    self.labels = labels
  }
}
