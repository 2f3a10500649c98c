public import DitherTensors

/// The hyperbolic tangent, elementwise: y = tanh(x), dx = dy·(1 − y²). Any shape.
public struct Tanh: Layer {
  public init() {}

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    activate(input, by: .tanh, pass)
  }
}
