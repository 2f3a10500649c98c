import DitherRuntime
public import NoiseDistributions

extension Linear {
  /// Where on a linear layer noise goes.
  ///
  /// The draws on the input and the output are one for each row of the batch and column. Those on the weight and the bias
  /// are one for each element of the parameter, the same for all rows of a pass and for all parts of a batch: they
  /// are at the row of the output and the column of the input that the weight joins, a bias's in column 0.
  public enum Site: String, Sendable, CaseIterable {
    /// On the input, before the product: x.
    case input
    /// On the weight: W. Dropout here is DropConnect (Wan, Zeiler, Zhang, LeCun & Fergus 2013).
    case weight
    /// On the bias: b.
    case bias
    /// On the output, after the bias: x·Wᵀ + b.
    case output

    /// Weight noise that is drawn anew for each row of the batch, which no rule can be: each row would take a product of its
    /// own.
    @available(
      *, unavailable,
      message:
        "a rule cannot draw weight noise for each row of the batch by itself; use .weight, or a layer that can: NoisyLinear, LocalReparameterizationLinear or FlipoutLinear"
    )
    public static var weightOfEachRow: Site { .weight }
  }

  /// The layer with one more rule at a site. It shares its parameters with this one, but for that of a scale which the
  /// rule learns: it is the new layer's own.
  ///
  /// Rules at one site apply in the order in which they are added, each with draws of its own (the slot of its address
  /// is its place at the site). They apply in passes with noise, and cost nothing in others.
  ///
  /// Gradients go through a rule on a parameter as through any: with W′ = a ∘ W + b, dW = a ∘ dW′. The factors are put
  /// on the sum over the rows when it is complete, so that parts of a batch give the bits of the whole.
  ///
  /// - Parameters:
  ///   - rule: what happens to each element.
  ///   - site: where. A bias that the layer does not have stops the program.
  public func noise(_ rule: NoiseRule, on site: Site) -> Linear {
    var layer = self
    let (slot, columns): (Int, Int)
    switch site {
    case .input:
      (slot, columns) = (inputNoise.count, inputs)
      layer.inputNoise.append(rule)
    case .weight:
      requireScaleNotLearned(rule, on: site)
      layer.weightNoise.append(rule)
      return layer
    case .bias:
      require(
        bias != nil,
        "Linear.noise: \(rule) on the bias of a layer without one; expected a layer with a bias, or another site"
      )
      requireScaleNotLearned(rule, on: site)
      layer.biasNoise.append(rule)
      return layer
    case .output:
      (slot, columns) = (outputNoise.count, outputs)
      layer.outputNoise.append(rule)
    }
    layer.scales.add(rule, site: site.rawValue, slot: slot, columns: columns, layer: "Linear")
    return layer
  }

  private func requireScaleNotLearned(_ rule: NoiseRule, on site: Site) {
    require(
      rule.learnedScale == nil,
      "Linear.noise: \(rule) on the \(site.rawValue) learns its scale; expected another scale there, or NoisyLinear, which learns one an element"
    )
  }
}
