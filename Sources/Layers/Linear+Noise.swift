public import NoiseDistributions

extension Linear {
  /// Where on a linear layer noise goes.
  public enum Site: String, Sendable, CaseIterable {
    /// On the input, before the product: x.
    case input
    /// On the output, after the bias: x·Wᵀ + b.
    case output
  }

  /// The layer with one more rule at a site. It shares its parameters with this one.
  ///
  /// Rules at one site apply in the order in which they are added, each with draws of its own (the slot of its address
  /// is its place at the site). They apply in passes with noise, and cost nothing in others.
  ///
  /// - Parameters:
  ///   - rule: what happens to each element.
  ///   - site: where.
  public func noise(_ rule: NoiseRule, on site: Site) -> Linear {
    var layer = self
    switch site {
    case .input: layer.inputNoise.append(rule)
    case .output: layer.outputNoise.append(rule)
    }
    return layer
  }
}
