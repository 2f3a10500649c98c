import DitherRuntime
public import DitherTensors
public import Layers

/// A closure as a classifier.
///
/// ```swift
/// let frozen = model.frozen()
/// let classifier = ClassifierFunction(inputShape: [64], classes: 10) { inputs, pass in frozen(inputs, pass) }
/// ```
public struct ClassifierFunction: Classifier {
  public let inputShape: [Int]
  public let classes: Int
  private let function: @Sendable (Tensor, Pass) -> Tensor

  /// - Parameters:
  ///   - inputShape: of one sample; no length 0.
  ///   - classes: at least 2. Other numbers stop the program.
  ///   - logits: of a batch of shape [rows] + `inputShape`, in a pass: [rows, classes]. See ``Classifier/logits(of:_:)``.
  public init(
    inputShape: [Int], classes: Int, logits: @escaping @Sendable (Tensor, Pass) -> Tensor
  ) {
    require(
      inputShape.allSatisfy { $0 >= 1 },
      "ClassifierFunction: inputShape is \(inputShape); expected lengths of at least 1")
    require(classes >= 2, "ClassifierFunction: classes is \(classes); expected at least 2")
    self.inputShape = inputShape
    self.classes = classes
    function = logits
  }

  public func logits(of inputs: Tensor, _ pass: Pass) -> Tensor { function(inputs, pass) }
}
