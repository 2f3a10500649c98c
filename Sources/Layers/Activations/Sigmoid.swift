public import DitherTensors

/// The logistic function, elementwise: y = 1 / (1 + exp(−x)), dx = dy·y·(1 − y). Any shape.
public struct Sigmoid: Layer {
  /// The layer; it has no settings.
  public init() {}

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    activate(input, by: .sigmoid, pass)
  }

  /// Nothing: the layer has no parameters.
  public mutating func visit(_ visitor: inout LayerVisitor) {}
}
