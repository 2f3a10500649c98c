public import NoiseDistributions

/// The α-stable distribution S(α, β, scale, 0; 0) in Nolan's parameterisation 0: sums of such draws are of the same family.
///
/// A draw is scale · X, where X has the characteristic function
///
///     α ≠ 1:  exp(−|t|^α · (1 + iβ · tan(πα/2) · sgn t · (|t|^(1−α) − 1)))
///     α = 1:  exp(−|t| · (1 + iβ · 2/π · sgn t · ln |t|))
///
/// It is continuous in all parameters, α = 1 included. The usual parameterisation 1 (SciPy's default) is shifted:
/// X₁ = X₀ + β · tan(πα/2) · scale for α ≠ 1, and X₁ = X₀ + β · 2/π · scale · ln scale at α = 1. Nolan, *Univariate Stable
/// Distributions* (2020), section 1.3.
///
/// - α = 2 is the normal distribution with variance 2 · scale², whatever β.
/// - α = 1, β = 0 is ``Cauchy``.
/// - α = ½, β = 1 is Lévy's distribution, shifted by −scale: it begins there.
///
/// Drawn by the method of Chambers, Mallows and Stuck, *A method for simulating stable random variables* (1976), which is exact
/// and takes two words, in planes 0 and 1: an exponential draw W and an angle. Both are drawn in steps of 2⁻³¹ of a
/// probability. Heavy tails end at a probability of about 2⁻³²; a light one (at α = 2, or the other side's at β = ±1) where W
/// does, at 2⁻²⁴, which is 5.77 standard deviations at α = 2. A draw is the formula's value to within
/// 4 · 10⁻⁶ of its size, or of the scale where it is less, for α ≥ ¾, and 10⁻⁴ for α ≥ ½; below, rounding grows with 1/α. What
/// lies beyond the range of a `Float` is the greatest finite number.
///
/// It is no `QuantileDistribution`, so that `Truncated` does not take it: there is no formula for its quantile, and ``quantile(_:)``
/// computes some sixty integrals for one. Draws use neither.
public struct AlphaStable: NoiseDistribution, Hashable, CustomStringConvertible {
  /// α: tails fall as |x|^(−α−1).
  public let stability: Float
  /// β: 0 is symmetric; at 1 the heavy tail is the upper one alone, at −1 the lower.
  public let skewness: Float
  /// The factor on a draw of unit scale.
  public let scale: Float
  private let constants: StableConstants

  /// - Parameters:
  ///   - stability: α, greater than 0, at most 2; another stops the program.
  ///   - skewness: β, −1…1; another stops the program.
  ///   - scale: finite, 0 or more; another stops the program.
  public init(stability: Float, skewness: Float = 0, scale: Float = 1) {
    Self.stabilityRange.require(stability, "AlphaStable", "stability")
    Self.skewnessRange.require(skewness, "AlphaStable", "skewness")
    ParameterRange.nonNegative.require(scale, "AlphaStable", "scale")
    self.stability = stability
    self.skewness = skewness
    self.scale = scale
    constants = StableConstants(stability: Double(stability), skewness: Double(abs(skewness)))
  }

  static let stabilityRange = ParameterRange("a number greater than 0, at most 2") {
    $0 > 0 && $0 <= 2
  }
  static let skewnessRange = ParameterRange("-1…1") { $0 >= -1 && $0 <= 1 }

  /// −β · tan(πα/2) · scale for α > 1. For α ≤ 1 there is none: NaN, or infinite where only one tail is heavy, β = ±1.
  ///
  /// It is the distribution's. The end of the draws' tails takes a share of about 2^(−32 · (1 − 1/α)) of the heavy tail's part
  /// from it: 0.2 % at α = 1.4.
  public var mean: Double {
    if stability <= 1 { return abs(skewness) == 1 ? Double(skewness) * .infinity : .nan }
    let shift = constants.tau / -constants.epsilon * Double(scale)
    return skewness < 0 ? -shift : shift
  }

  /// 2 · scale² at α = 2, infinite for 1 < α < 2, undefined (NaN) without a finite mean.
  public var variance: Double {
    if stability <= 1 { return .nan }
    return stability == 2 ? 2 * Double(scale) * Double(scale) : .infinity
  }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    var angleValues = [Float](repeating: 0, count: tile.count)
    var firstValues = angleValues
    var secondValues = angleValues
    var angles = angleValues.mutableSpan
    var first = firstValues.mutableSpan
    var second = secondValues.mutableSpan
    let formula = StableFormula(constants)

    // W = −ln(1 − u). Where 1 − u is rounded, the quotient makes up for it (Kahan).
    address.fillFineUniforms(&tile)
    update(&tile, &first) { u, logarithm in logarithm = 1 - u }
    ReproducibleMath.log(&first)
    update(&tile, &first) { u, logarithm in
      let rest = 1 - u
      u = rest == 1 ? u : -logarithm * u / (1 - rest)
    }

    // Tangents of ψ/2 and of εψ/2; what is divided by ε has its limit at ε = 0.
    let epsilon = formula.epsilon
    address.plane(1).fillDistancesFromEnds(&angles)
    update(&angles, &first, &second) { distance, half, halfOfMultiple in
      half = .pi / 2 * abs(distance)
      halfOfMultiple = epsilon == 0 ? half : epsilon * half
    }
    ReproducibleMath.tan(&first)
    if epsilon != 0 { ReproducibleMath.tan(&second) }

    // ln z in the tile, M in the angles.
    update(&tile, &angles, &first, &second) { draw, angle, a, n in
      let parts = formula.parts(a: a, n: n * formula.overEpsilon, isUpper: angle > 0)
      draw = parts.b / (draw * parts.cosine)
      angle = parts.m
    }
    ReproducibleMath.log(&tile)

    let factor = skewness < 0 ? -scale : scale
    if epsilon == 0 {
      update(&tile, &angles) { draw, m in draw = clamped(factor * (m + formula.tau * draw)) }
      return
    }
    // exp(εL) − 1 = tanh(εL/2) · (exp(εL) + 1) loses no digits where it is small.
    update(&tile, &first, &second) { draw, growth, halfTangent in
      draw *= formula.growthRate
      growth = draw
      halfTangent = draw / 2
    }
    ReproducibleMath.exp(&first)
    ReproducibleMath.tanh(&second)
    update(&tile, &angles, &first, &second) { draw, m, growth, halfTangent in
      let value = formula.value(
        exponent: draw, m: m, growth: min(growth, .greatestFiniteMagnitude),
        halfTangent: halfTangent)
      draw = clamped(factor * clamped(value))
    }
  }

  public var description: String {
    "AlphaStable(stability: \(stability), skewness: \(skewness), scale: \(scale))"
  }
}

extension AlphaStable: CumulativeDistribution {
  /// P(draw ≤ x), to within 10⁻⁹, and to about 10⁻¹¹ of itself at most places, in the lower tail too: an integral, about a
  /// millisecond.
  ///
  /// - Parameter x: any number. −∞ gives 0, ∞ gives 1, NaN gives NaN.
  public func cumulativeProbability(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    if scale == 0 || x.isInfinite { return x < 0 ? 0 : 1 }
    let place = x / Double(scale)
    return skewness < 0
      ? constants.probability(-place, complement: true)
      : constants.probability(place, complement: false)
  }

  /// The value that a draw does not exceed with the probability `p`: ``cumulativeProbability(_:)`` inverted, in some
  /// hundred milliseconds. For tables and tests; draws do not use it.
  ///
  /// - Parameter p: 0…1; another stops the program. 0 and 1 give −∞ and ∞.
  public func quantile(_ p: Double) -> Double {
    HeavyTailedNoise.quantile(p, "AlphaStable", of: cumulativeProbability)
  }
}

@inline(__always)
private func clamped(_ x: Float) -> Float {
  max(-.greatestFiniteMagnitude, min(.greatestFiniteMagnitude, x))
}
