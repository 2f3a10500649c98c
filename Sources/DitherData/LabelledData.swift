import DitherRuntime
public import DitherTensors
import Foundation

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
  /// The name of each class; none where they have only numbers.
  public let classNames: [String]
  /// The name of each column of the inputs; none where they have no names.
  public let featureNames: [String]

  /// Stops unless `inputs` is a matrix with a row for each label, every label lies in 0..<classes, and there are as many names
  /// as classes and features, or none.
  public init(
    inputs: Tensor, labels: [Int], classes: Int, name: String, classNames: [String] = [],
    featureNames: [String] = []
  ) {
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
    require(
      classNames.isEmpty || classNames.count == classes,
      "LabelledData: \(classNames.count) names of classes; expected none or \(classes)")
    require(
      featureNames.isEmpty || featureNames.count == inputs.shape[1],
      "LabelledData: \(featureNames.count) names of features; expected none or \(inputs.shape[1])")
    self.inputs = inputs
    self.labels = labels
    self.classes = classes
    self.name = name
    self.classNames = classNames
    self.featureNames = featureNames
  }

  /// The number of rows.
  public var count: Int { labels.count }
  /// The number of columns of the inputs.
  public var features: Int { inputs.shape[1] }

  /// The rows at some indices, in the order given. Stops at an index that is not there.
  public func subset(_ indices: [Int]) -> LabelledData {
    LabelledData(
      inputs: inputs.rows(at: indices), labels: indices.map { labels[$0] }, classes: classes,
      name: name, classNames: classNames, featureNames: featureNames)
  }

  /// The same labels and names with other inputs, a row for each. The features keep their names if there are as many.
  public func with(inputs: Tensor) -> LabelledData {
    LabelledData(
      inputs: inputs, labels: labels, classes: classes, name: name, classNames: classNames,
      featureNames: inputs.shape.last == features ? featureNames : [])
  }

  /// The most classes that a file gives where the caller says no number.
  static let mostClasses = 65_536

  /// What data are called after their file.
  static func name(of path: String) -> String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }
}
