package import CKernels
import DitherRuntime

/// low or high with half of `rate` each, else 0.
///
/// Under ``NoiseRule/replacing(_:)-(SaltAndPepper)`` the elements that would draw 0 pass as they are: salt-and-pepper noise. The
/// probability that is really drawn is the multiple of 2⁻¹⁵ nearest to `rate`, or of 2⁻³¹ within 1/64 of 0 or 1, and low
/// and high have exactly half of it each.
public struct SaltAndPepper: NoiseDistribution, Hashable, CustomStringConvertible {
  /// The probability of low and high together, as given.
  public let rate: Double
  /// The lower value, pepper.
  public let low: Float
  /// The higher value, salt.
  public let high: Float

  /// - Parameters:
  ///   - rate: 0…1; another stops the program.
  ///   - low: finite; another stops the program.
  ///   - high: finite, not below `low`; another stops the program.
  public init(rate: Double, low: Float = -1, high: Float = 1) {
    requireProbability(rate, "SaltAndPepper", "rate")
    requireFinite(low, "SaltAndPepper", "low")
    requireFinite(high, "SaltAndPepper", "high")
    if let problem = SaltAndPepper.problem(low: low, high: high) { misuse(problem) }
    self.rate = rate
    self.low = low
    self.high = high
  }

  /// What is wrong with two values that are finite; nil for nothing.
  static func problem(low: Float, high: Float) -> String? {
    low <= high
      ? nil : "SaltAndPepper: low is \(low) and high is \(high); expected low ≤ high"
  }

  private var drawnRate: Double { ck_chance_probability(ck_chance_make(rate)) }

  private var middle: Double { (Double(low) + Double(high)) / 2 }

  /// p · m with m = (low + high) / 2, of the p that is really drawn.
  public var mean: Double { drawnRate * middle }

  /// p · (high − low)² / 4 + p · (1 − p) · m²: within the two values and between them and 0, of the p that is really drawn.
  public var variance: Double {
    let half = (Double(high) - Double(low)) / 2
    return drawnRate * (half * half + (1 - drawnRate) * middle * middle)
  }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    unsafe address.fill(&tile, from: draw)
  }

  public var description: String { "SaltAndPepper(rate: \(rate), low: \(low), high: \(high))" }
}

extension SaltAndPepper: QuantileDistribution, CumulativeDistribution {
  /// The least of low, 0 and high whose cumulative probability is at least p. Draws are made of bits, not by this function.
  public func quantile(_ p: Float) -> Float {
    leastValue(of: [low, 0, high].sorted(), reaching: p)
  }

  /// The probabilities, as they are really drawn, of those of low, 0 and high that are at most x.
  public func cumulativeProbability(_ x: Double) -> Double {
    let half = stepProbability(x, at: Double(low)) + stepProbability(x, at: Double(high))
    return drawnRate / 2 * half + (1 - drawnRate) * stepProbability(x, at: 0)
  }
}

extension SaltAndPepper: NativeDistribution {
  package var draw: ck_draw {
    unsafe ck_draw(CK_SALT_AND_PEPPER, a: low, b: high, chance: ck_chance_make(rate))
  }
}
