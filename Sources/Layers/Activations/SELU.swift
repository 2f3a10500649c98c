import CKernels
public import DitherTensors

/// The scaled exponential linear unit, elementwise: y = λ·x where x > 0, else λ·α·(exp(x) − 1), with λ = 1.0507009873554805 and
/// α = 1.6732632423543773, which keep the mean at 0 and the variance at 1 through layers of normal weights of variance
/// 1 / inputs. The dropout that keeps them too is the rule `.alphaDropout(rate:)`. Any shape.
/// Source: Klambauer, Unterthiner, Mayr & Hochreiter 2017.
public struct SELU: Layer {
  private static let activation = Activation(
    "SELU", CK_ELU, a: 1.6732632423543772848170429916717, b: 1.0507009873554804934193349852946)

  /// The layer; it has no settings.
  public init() {}

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    activate(input, by: SELU.activation, pass)
  }

  /// Nothing: the layer has no parameters.
  public mutating func visit(_ visitor: inout LayerVisitor) {}
}
