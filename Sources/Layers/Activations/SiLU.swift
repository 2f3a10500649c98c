public import DitherTensors

/// The sigmoid linear unit, or swish, elementwise: y = x / (1 + exp(−x)), and its limit 0 at −∞. Any shape.
/// Source: Elfwing, Uchibe & Doya 2018; Hendrycks & Gimpel 2016.
public struct SiLU: Layer {
  /// The layer; it has no settings.
  public init() {}

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    activate(input, by: .silu, pass)
  }

  /// Nothing: the layer has no parameters.
  public mutating func visit(_ visitor: inout LayerVisitor) {}
}
