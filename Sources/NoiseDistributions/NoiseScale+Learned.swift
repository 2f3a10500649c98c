import DitherRuntime

extension NoiseScale {
  /// A factor that is trained with the weights, by the gradient of y = x + scale · d: Σ dy · d.
  ///
  /// The layer that takes the rule makes a parameter θ for it, named after the site (`0.input.scale`), which its
  /// optimizer and its checkpoints see like a weight; the scale is ln(1 + e^θ), always above 0, and θ starts where that
  /// is `initial`. ``learnedScale(ofParameter:)`` tells the scale of a parameter. The draws of the gradient are made
  /// again, never stored.
  ///
  /// ```swift
  /// let rule = NoiseRule.adding(Gaussian(standardDeviation: 1), scale: .learned(0.2))
  /// ```
  ///
  /// On the weight and the bias of a linear layer a rule learns one scale for each of their elements, as a noisy network
  /// with independent noise does:
  ///
  /// ```swift
  /// let rule = NoiseRule.adding(Gaussian(standardDeviation: 1), scale: .learned(0.02, .perElement))
  /// ```
  ///
  /// There the scale is computed in single precision, with an error of at most 2 units of the last place; it is 0 where
  /// θ is below −87.33.
  ///
  /// A shape of the distribution itself is learned where a layer says so: the spread of log-normal noise by `LogNormalNoise`,
  /// the rate of dropout by `ConcreteDropout`.
  ///
  /// Source: Kingma & Welling 2014, section 2.4, the path derivative; the parameterisation as in Blundell et al. 2015,
  /// section 3.2; a scale an element: Fortunato et al. 2018, *Noisy networks for exploration*, section 3.
  ///
  /// - Parameters:
  ///   - initial: the scale itself before training, finite and above 0; another stops the program.
  ///   - sharing: one scale for all elements or one a column, for noise on an input or an output; one an element, for
  ///     noise on a weight or a bias. The layer that takes the rule stops the program where they do not fit.
  public static func learned(_ initial: Float, _ sharing: Sharing = .all) -> NoiseScale {
    require(
      initial > 0 && initial.isFinite,
      "NoiseScale.learned: the initial scale is \(initial); expected a finite number above 0")
    return NoiseScale(kind: .learned(initial: initial, sharing))
  }

  /// The scale that a learned scale's parameter θ stands for: ln(1 + e^θ), computed in double precision.
  public static func learnedScale(ofParameter parameter: Float) -> Float {
    let x = Double(parameter)
    let exponential = ReproducibleDoubleMath.exp(-abs(x))
    return Float(max(x, 0) + ReproducibleDoubleMath.log(onePlus: exponential))
  }

  /// d scale / dθ = 1 / (1 + e^−θ).
  package static func slope(ofParameter parameter: Float) -> Float {
    Float(1 / (1 + ReproducibleDoubleMath.exp(-Double(parameter))))
  }

  /// The θ of a scale: ln(e^scale − 1).
  package static func parameter(ofLearnedScale scale: Float) -> Float {
    let x = Double(scale)
    if x > 1 {
      return Float(x + ReproducibleDoubleMath.log(onePlus: -ReproducibleDoubleMath.exp(-x)))
    }
    return Float(ReproducibleDoubleMath.log(ReproducibleDoubleMath.expMinusOne(x)))
  }
}

/// A learned scale of a rule as it is when a pass begins: what a layer made of its parameter.
package struct LearnedScale: Sendable {
  /// The rule's slot.
  package var slot: Int
  package var sharing: NoiseScale.Sharing
  /// One value, one a column, or one an element, row by row.
  package var values: ScaleValues

  package init(slot: Int, sharing: NoiseScale.Sharing, values: ScaleValues) {
    self.slot = slot
    self.sharing = sharing
    self.values = values
  }
}
