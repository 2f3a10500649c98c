public import NoiseDistributions

extension GradientNoise {
  /// Normal noise on gradients that fades: of the variance η / (1 + t)^γ at step t, from 0.
  ///
  /// ```swift
  /// let optimizer = SGD(
  ///   model.parameters, learningRate: 0.1,
  ///   gradientNoise: .annealed(variance: 0.3, from: NoiseStream(seed: 42)))
  /// ```
  ///
  /// A frozen stream holds the variance of its own step, too.
  ///
  /// Source: Neelakantan et al. 2015, *Adding gradient noise improves learning for very deep networks*, equation 1, where η is
  /// chosen among 0.01, 0.3 and 1.
  ///
  /// - Parameters:
  ///   - variance: η, 0 or more.
  ///   - exponent: γ, 0 or more.
  ///   - stream: of the draws.
  public static func annealed(
    variance: Double, exponent: Double = 0.55, from stream: NoiseStream
  ) -> GradientNoise {
    requireNotNegative(variance, "GradientNoise.annealed", "variance")
    requireNotNegative(exponent, "GradientNoise.annealed", "exponent")
    let scale = Schedule.inversePower(from: variance.squareRoot(), exponent: exponent / 2)
    return GradientNoise(
      .adding(Gaussian(standardDeviation: 1), scale: .scheduled(scale)), from: stream)
  }
}
