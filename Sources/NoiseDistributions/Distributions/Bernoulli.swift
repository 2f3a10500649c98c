package import CKernels

/// 1 with a probability, else 0.
///
/// A draw compares random bits with a threshold: 16 bits where both p and 1 − p are at least 1/64, else 32. Thresholds
/// are even, so the probability that is really drawn is the multiple of 2⁻¹⁵, or of 2⁻³¹, that is nearest to the given
/// one; one below 2⁻³² is 0.
public struct Bernoulli: NoiseDistribution, Hashable, CustomStringConvertible {
  /// The probability of 1, as given.
  public let probability: Double

  /// - Parameter probability: 0…1; another stops the program.
  public init(probability: Double) {
    requireProbability(probability, "Bernoulli", "probability")
    self.probability = probability
  }

  /// p, the probability that is really drawn.
  public var mean: Double { ck_chance_probability(ck_chance_make(probability)) }

  /// p · (1 − p), of the p that is really drawn.
  public var variance: Double { mean * (1 - mean) }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    unsafe address.fill(&tile, from: draw)
  }

  public var description: String { "Bernoulli(probability: \(probability))" }
}

extension Bernoulli: QuantileDistribution, CumulativeDistribution {
  /// 0 up to the probability of 0 that is really drawn, 1 above. Draws are made of bits, not by this function.
  public func quantile(_ p: Float) -> Float { leastValue(of: [0, 1], reaching: p) }

  /// 0 below 0, the probability of 0 that is really drawn from there to 1, 1 from 1 on.
  public func cumulativeProbability(_ x: Double) -> Double {
    (1 - mean) * stepProbability(x, at: 0) + mean * stepProbability(x, at: 1)
  }
}

extension Bernoulli: NativeDistribution {
  package var draw: ck_draw {
    unsafe ck_draw(CK_BERNOULLI, chance: ck_chance_make(probability))
  }
}
