public import DitherTensors

/// The rectifier: y = x where x > 0, else 0; not a number stays so. Its derivative at 0 is taken as 0.
/// Any shape. Source: Nair & Hinton 2010.
public struct ReLU: Layer {
  /// The layer; it has no settings.
  public init() {}

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    activate(input, by: .relu, pass)
  }

  /// Nothing: the layer has no parameters.
  public mutating func visit(_ visitor: inout LayerVisitor) {}
}
