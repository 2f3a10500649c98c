public import DitherTensors

/// The Gaussian error linear unit, elementwise: y = x·Φ(x), with Φ the standard normal's distribution function by the
/// error function (not its approximation by tanh). Any shape. Source: Hendrycks & Gimpel 2016.
public struct GELU: Layer {
  /// The layer; it has no settings.
  public init() {}

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    activate(input, by: .gelu, pass)
  }

  /// Nothing: the layer has no parameters.
  public mutating func visit(_ visitor: inout LayerVisitor) {}
}
