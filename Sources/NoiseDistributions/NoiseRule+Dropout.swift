import DitherRuntime

extension NoiseRule {
  /// y = 0 with the probability `rate`, else x / (1 − rate), so that the mean stays: zeros at rate 1, x itself at rate 0.
  ///
  /// The probability p that is really drawn is the multiple of 2⁻¹⁵ nearest to `rate`, or of 2⁻³¹ within 1/64 of 0 or 1;
  /// the factor is 1 / (1 − p) of that p.
  ///
  /// - Parameter rate: 0…1; another stops the program.
  ///
  /// Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov: *Dropout* (2014), in its inverted form.
  public static func dropout(rate: Double) -> NoiseRule {
    requireProbability(rate, "NoiseRule.dropout", "rate")
    return NoiseRule(action: .dropout(rate: rate))
  }

  /// y = x · d with d from a normal distribution of mean 1 and standard deviation √(rate / (1 − rate)), whose mean and
  /// variance are those of dropout's factor at that rate; x itself at rate 0. The gradient is dy · d.
  ///
  /// It draws what `.multiplying(Gaussian(mean: 1, standardDeviation: s))` draws.
  ///
  /// Source: Srivastava et al. 2014, *Dropout*, section 10.
  ///
  /// - Parameter rate: 0 or more and less than 1, where the standard deviation would be infinite; another stops the program.
  public static func gaussianDropout(rate: Double) -> NoiseRule {
    gaussianDropoutRange.require(rate, "NoiseRule.gaussianDropout", "rate")
    return NoiseRule(action: .gaussianDropout(rate: rate))
  }

  /// y = a · (x, or with the probability `rate` α′) + b, which keeps mean 0 and variance 1, as SELU's outputs do:
  ///
  ///     α′ = −λα = −1.7580993408473766,   a = 1 / √(q + α′² · q · p),   b = −a · p · α′,   q = 1 − p
  ///
  /// with the p that is really drawn, as in ``dropout(rate:)``. The gradient is a · dy where x is kept, else 0. At rate
  /// 0 it is x itself; at rate 1 zeros, the limit of the formula.
  ///
  /// Source: Klambauer, Unterthiner, Mayr & Hochreiter 2017, *Self-Normalizing Neural Networks*, "New dropout
  /// technique".
  ///
  /// - Parameter rate: 0…1; another stops the program.
  public static func alphaDropout(rate: Double) -> NoiseRule {
    requireProbability(rate, "NoiseRule.alphaDropout", "rate")
    return NoiseRule(action: .alphaDropout(rate: rate))
  }

  static let gaussianDropoutRange = ParameterRange("0 or more and less than 1") {
    $0 >= 0 && $0 < 1
  }

  /// The factor's distribution in Gaussian dropout.
  static func gaussianFactor(rate: Double) -> Gaussian {
    Gaussian(mean: 1, standardDeviation: Float((rate / (1 - rate)).squareRoot()))
  }
}
