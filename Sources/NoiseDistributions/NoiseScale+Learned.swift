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
  /// Source: Kingma & Welling 2014, section 2.4, the path derivative; the parameterisation as in Blundell et al. 2015,
  /// section 3.2.
  ///
  /// - Parameters:
  ///   - initial: the scale itself before training, finite and above 0; another stops the program.
  ///   - sharing: one scale for all elements, or one a column.
  public static func learned(_ initial: Float, _ sharing: Sharing = .all) -> NoiseScale {
    require(
      initial > 0 && initial.isFinite,
      "NoiseScale.learned: the initial scale is \(initial); expected a finite number above 0")
    return NoiseScale(kind: .learned(initial: initial, sharing))
  }

  /// The scale that a learned scale's parameter θ stands for: ln(1 + e^θ).
  public static func learnedScale(ofParameter parameter: Float) -> Float {
    let x = Double(parameter)
    return Float(max(x, 0) + logarithm(onePlus: exponential(-abs(x))))
  }

  /// d scale / dθ = 1 / (1 + e^−θ).
  package static func slope(ofParameter parameter: Float) -> Float {
    Float(1 / (1 + exponential(-Double(parameter))))
  }

  /// The θ of a scale: ln(e^scale − 1).
  package static func parameter(ofLearnedScale scale: Float) -> Float {
    let x = Double(scale)
    if x > 1 { return Float(x + logarithm(onePlus: -exponential(-x))) }
    return Float(logarithm(exponentialMinusOne(x)))
  }
}

/// A learned scale of a rule as it is when a pass begins: what a layer made of its parameter.
package struct LearnedScale: Sendable {
  /// The rule's slot.
  package var slot: Int
  /// One value, or one a column.
  package var values: [Float]

  package init(slot: Int, values: [Float]) {
    self.slot = slot
    self.values = values
  }
}
