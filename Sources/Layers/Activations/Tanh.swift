public import DitherTensors

/// The hyperbolic tangent, elementwise: y = tanh(x), dx = dy·(1 − y²). Any shape.
public struct Tanh: Layer {
  /// The layer; it has no settings.
  public init() {}

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    activate(input, by: .tanh, pass)
  }

  /// Nothing: the layer has no parameters.
  public mutating func visit(_ visitor: inout LayerVisitor) {}
}
