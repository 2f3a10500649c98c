public import DitherTensors
public import NoiseDistributions

/// Noise as a layer of its own: a rule on each element of its input, of shape [batch, columns].
///
/// In passes without noise it is the identity. Its noise site is "input".
///
/// ```swift
/// let perturb = Perturb(.multiplying(LogNormal.unitMean(logStandardDeviation: 0.3)))
/// ```
public struct Perturb: Layer {
  /// What happens to each element.
  public var rule: NoiseRule { rules[0] }

  private let rules: [NoiseRule]

  /// A layer that applies `rule`.
  public init(_ rule: NoiseRule) { rules = [rule] }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    perturb(input, by: rules, layer: "Perturb", pass)
  }

  /// Nothing: the layer has no parameters.
  public mutating func visit(_ visitor: inout LayerVisitor) {}
}
