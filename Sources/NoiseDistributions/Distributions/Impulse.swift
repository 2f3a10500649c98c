package import CKernels

/// A value with a probability, else 0: impulses of one height.
///
/// Under ``NoiseRule/adding(_:scale:)`` an impulse is added to the elements that it hits; under
/// ``NoiseRule/replacing(_:)-(Impulse)`` it takes their place, and the others pass as they are, also where the value is 0. In a
/// ``Mixture`` the draw of 0 is a number like any other, which replaces where the mixture does: for impulses beside other noise that
/// leaves elements alone give the site two rules. The probability that is
/// really drawn is that of a ``Bernoulli`` draw: the multiple of 2⁻¹⁵ nearest to `probability`, or of 2⁻³¹ within 1/64 of 0
/// or 1. For impulses of two heights see ``SaltAndPepper``.
public struct Impulse: NoiseDistribution, Hashable, CustomStringConvertible {
  /// The height of an impulse.
  public let value: Float
  /// How often one comes, as given.
  public let probability: Double

  /// - Parameters:
  ///   - value: finite; another stops the program.
  ///   - probability: 0…1; another stops the program.
  public init(value: Float = 1, probability: Double) {
    requireFinite(value, "Impulse", "value")
    requireProbability(probability, "Impulse", "probability")
    self.value = value
    self.probability = probability
  }

  private var drawnProbability: Double { ck_chance_probability(ck_chance_make(probability)) }

  /// p · value, of the p that is really drawn.
  public var mean: Double { drawnProbability * Double(value) }

  /// p · (1 − p) · value², of the p that is really drawn.
  public var variance: Double {
    drawnProbability * (1 - drawnProbability) * Double(value) * Double(value)
  }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    unsafe address.fill(&tile, from: draw)
  }

  public var description: String { "Impulse(value: \(value), probability: \(probability))" }
}

extension Impulse: NativeDistribution {
  // As salt and pepper alike, which a rule that replaces knows to leave the other elements as they are.
  package var draw: ck_draw {
    unsafe ck_draw(CK_SALT_AND_PEPPER, a: value, b: value, chance: ck_chance_make(probability))
  }
}

extension Impulse: QuantileDistribution, CumulativeDistribution {
  /// The lesser of 0 and the value up to its probability, the other above. Draws are made of bits, not by this function.
  public func quantile(_ p: Float) -> Float {
    leastValue(of: [min(value, 0), max(value, 0)], reaching: p)
  }

  /// The probabilities, as they are really drawn, of those of 0 and the value that are at most x.
  public func cumulativeProbability(_ x: Double) -> Double {
    (1 - drawnProbability) * stepProbability(x, at: 0)
      + drawnProbability * stepProbability(x, at: Double(value))
  }
}

extension NoiseRule {
  /// y = the value with the distribution's probability, else x. The gradient of a replaced element is 0.
  public static func replacing(_ distribution: Impulse) -> NoiseRule {
    .replacing(distribution, rate: 1)
  }
}
