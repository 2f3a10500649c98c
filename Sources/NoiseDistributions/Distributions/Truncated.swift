import DitherRuntime

/// A distribution given that its draw lies in an interval, ends included.
///
/// ```swift
/// let weights = Truncated(Gaussian(standardDeviation: 0.02), low: -0.04, high: 0.04)
/// ```
///
/// By inversion: with A = P(X < low) and B = P(X ≤ high) of the whole distribution, the quantile of p is the whole
/// distribution's of A + p · (B − A), computed in double precision and rounded to a `Float`, at least low and at most high.
/// Nothing is drawn and rejected. Of a distribution that is no ``CumulativeDistribution`` A and B are the shares of its 2²³
/// quantiles. Above the median, a `Float` has steps of 2⁻²⁴: an interval there that holds the
/// probability P has at most P · 2²⁴ different draws.
///
/// Devroye: *Non-Uniform Random Variate Generation* (1986), section II.2.
public struct Truncated<Base: QuantileDistribution>: QuantileDistribution {
  /// The whole distribution.
  public let base: Base
  /// The lower end; −∞ leaves the lower tail.
  public let low: Float
  /// The upper end; ∞ leaves the upper tail.
  public let high: Float

  /// The mean of the 2²³ quantiles that draws are, by ``QuantileDistribution``'s; NaN if an end is infinite and the whole
  /// distribution's mean is not finite.
  public let mean: Double

  /// The variance of the 2²³ quantiles, to within 3 · 10⁻⁵ of it where most of it is of few draws, whose quantiles go in steps;
  /// NaN if an end is infinite and the whole distribution's variance is not finite.
  public let variance: Double

  private let below: Double
  private let within: Double

  /// The least probability that an interval may hold: 2⁻¹².
  public static var leastProbability: Double { 0x1p-12 }

  /// P(X < low) and P(low ≤ X ≤ high) of the whole distribution.
  private static func share(_ base: Base, _ low: Float, _ high: Float) -> (
    below: Double, within: Double
  ) {
    if let base = base as? any CumulativeDistribution {
      let below = base.cumulativeProbability(Double(low).nextDown)
      return (below, base.cumulativeProbability(Double(high)) - below)
    }
    let below = share(base) { $0 < low }
    return (below, share(base) { $0 <= high } - below)
  }

  /// The share of the quantiles of p = (2k + 1) · 2⁻²⁴ that hold a condition, which the lesser ones do.
  private static func share(_ base: Base, where holds: (Float) -> Bool) -> Double {
    var (known, unknown) = (0, 1 << 23)
    while known < unknown {
      let k = (known + unknown) / 2
      if holds(base.quantile(Float(2 * k + 1) * 0x1p-24)) { known = k + 1 } else { unknown = k }
    }
    return Double(known) * 0x1p-23
  }

  /// What is wrong with an interval; nil for nothing.
  static func problem(_ base: Base, low: Float, high: Float) -> String? {
    problem(low: low, high: high)
      ?? problem(base, low: low, high: high, within: share(base, low, high).within)
  }

  private static func problem(low: Float, high: Float) -> String? {
    low <= high ? nil : "Truncated: low is \(low) and high is \(high); expected low ≤ high"
  }

  private static func problem(_ base: Base, low: Float, high: Float, within: Double) -> String? {
    within >= leastProbability
      ? nil
      : "Truncated: \(low)…\(high) holds the probability \(within) of \(base); expected 2⁻¹² or more"
  }

  /// - Parameters:
  ///   - base: the whole distribution.
  ///   - low: not NaN, not above `high`.
  ///   - high: not NaN. An interval to which the whole distribution gives a probability below 2⁻¹² stops the program.
  ///
  /// - Complexity: some hundred quantiles for the mean and the variance, some thousand with heavy tails. They are summed by
  ///   Simpson's rule on blocks that are halved until both estimates agree to 2⁻²² of the standard deviation, or of the median
  ///   if that is more; where draws are equal, exactly.
  public init(_ base: Base, low: Float = -.infinity, high: Float = .infinity) {
    if let problem = Self.problem(low: low, high: high) { misuse(problem) }
    let (below, within) = Self.share(base, low, high)
    if let problem = Self.problem(base, low: low, high: high, within: within) { misuse(problem) }
    self.base = base
    self.low = low
    self.high = high
    self.below = below
    self.within = within
    let bounded = low.isFinite && high.isFinite
    guard bounded || base.mean.isFinite else {
      mean = .nan
      variance = .nan
      return
    }
    let moments = QuantileMoments {
      Self.quantile($0, base, low: low, high: high, below: below, within: within)
    }
    mean = moments.mean
    variance = bounded || base.variance.isFinite ? moments.variance : .nan
  }

  public func quantile(_ p: Float) -> Float {
    Self.quantile(p, base, low: low, high: high, below: below, within: within)
  }

  private static func quantile(
    _ p: Float, _ base: Base, low: Float, high: Float, below: Double, within: Double
  ) -> Float {
    let whole = Float(below + Double(p) * within)
    // Never 0 or 1, which rounding could give.
    let inside = min(max(whole, .leastNormalMagnitude), 1 - 0x1p-24)
    var draw = base.quantile(inside)
    // Rounding may also give an end's own probability or one beyond it, where a base with steps has a value outside.
    if draw < low { draw = base.quantile(min(inside.nextUp, 1 - 0x1p-24)) }
    if draw > high { draw = base.quantile(max(inside.nextDown, .leastNormalMagnitude)) }
    return min(max(draw, low), high)
  }
}

extension Truncated: CustomStringConvertible {
  public var description: String { "Truncated(\(base), low: \(low), high: \(high))" }
}

extension Truncated: Equatable where Base: Equatable {
  public static func == (a: Truncated, b: Truncated) -> Bool {
    a.base == b.base && a.low == b.low && a.high == b.high
  }
}

extension Truncated: Hashable where Base: Hashable {
  public func hash(into hasher: inout Hasher) {
    hasher.combine(base)
    hasher.combine(low)
    hasher.combine(high)
  }
}

extension Truncated: CumulativeDistribution where Base: CumulativeDistribution {
  /// (P(X ≤ x) − A) / (B − A) of the whole distribution, to about 2⁻⁵² / (B − A), not to a share of itself; 0 below low, 1 from
  /// high on.
  public func cumulativeProbability(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x < Double(low) { return 0 }
    if x >= Double(high) { return 1 }
    return min(max((base.cumulativeProbability(x) - below) / within, 0), 1)
  }
}
