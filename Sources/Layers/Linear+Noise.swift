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
  /// With a scale that is learned for each element, the weight (or the bias) is drawn anew at each step from a distribution
  /// of its own width, the same for all rows of the batch:
  ///
  /// ```swift
  /// let exploring = Linear(inputs: 64, outputs: 4)
  ///   .noise(.adding(Gaussian(standardDeviation: 1), scale: .learned(0.02, .perElement)), on: .weight)
  ///   .noise(.adding(Gaussian(standardDeviation: 1), scale: .learned(0.02, .perElement)), on: .bias)
  ///   .initialized(seed: 7)
  /// ```
  ///
  /// This is the noisy layer of Fortunato et al. 2018 with independent noise (section 3, a), but for σ, which is kept
  /// positive; ``NoisyLinear`` is the one with factorised noise.
  ///
  /// - Parameters:
  ///   - rule: what happens to each element. A scale that it learns is one an element on the weight and the bias, and
  ///     one for all elements or one a column elsewhere; another stops the program.
  ///   - site: where. A bias that the layer does not have stops the program.
  public func noise(_ rule: NoiseRule, on site: Site) -> Linear {
    var layer = self
    let name = site.rawValue
    switch site {
    case .input:
      layer.scales.add(
        rule, site: name, slot: inputNoise.count, columns: inputs, layer: "Linear")
      layer.inputNoise.append(rule)
    case .weight:
      requireNoPadding(rule, on: site)
      layer.scales.add(
        rule, site: name, slot: weightNoise.count, on: weight, layer: "Linear")
      layer.weightNoise.append(rule)
    case .bias:
      guard let bias else {
        misuse(
          "Linear.noise: \(rule) on the bias of a layer without one; expected a layer with a bias, or another site"
        )
      }
      requireNoPadding(rule, on: site)
      layer.scales.add(rule, site: name, slot: biasNoise.count, on: bias, layer: "Linear")
      layer.biasNoise.append(rule)
    case .output:
      layer.scales.add(
        rule, site: name, slot: outputNoise.count, columns: outputs, layer: "Linear")
      layer.outputNoise.append(rule)
    }
    return layer
  }

  private func requireNoPadding(_ rule: NoiseRule, on site: Site) {
    require(
      !rule.countsTrueSamplesAlone,
      "Linear.noise: \(rule) on the \(site.rawValue), whose rows are not padded; expected a scale without .overTrueSamples()"
    )
  }
}
