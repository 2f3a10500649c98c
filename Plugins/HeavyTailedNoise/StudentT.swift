public import NoiseDistributions

/// Student's t distribution about 0, with ν degrees of freedom: density proportional to (1 + x² / (ν · scale²))^(−(ν + 1)/2).
///
/// A draw is scale · √(ν · (u^(−2/ν) − 1)) · cos(πw) with uniform u and w, which is exact for every ν > 0 and takes two words,
/// in planes 0 and 1: Bailey, *Polar generation of random variates with the t-distribution* (1994), with the angle drawn instead
/// of rejected. At ν = 1 it is ``Cauchy``; as ν grows it becomes the normal distribution by Box and Muller's method.
///
/// With h = −ln u / ν the root is eʰ · √(2ν · t / (1 + t)), t = tanh h, which loses no digits. The draw is the formula's value
/// to within 4 · 10⁻⁷ · (1 + h) of itself. u ends at 2⁻³², and so do the tails: at 2^(32/ν) · √ν · scale for small ν. What
/// lies beyond the range of a `Float`, with ν below ¼, is the greatest finite number.
///
/// It is no `QuantileDistribution`, so that `Truncated` does not take it: its quantile has no formula for most ν, and
/// ``quantile(_:)`` computes some sixty integrals for one. Draws use neither.
public struct StudentT: NoiseDistribution, Hashable, CustomStringConvertible {
  /// ν: greater than 0.
  public let degreesOfFreedom: Float
  /// The factor on a draw of unit scale: not the standard deviation, which is scale · √(ν / (ν − 2)).
  public let scale: Float

  /// - Parameters:
  ///   - degreesOfFreedom: ν, finite and greater than 0; another stops the program.
  ///   - scale: finite, 0 or more; another stops the program.
  public init(degreesOfFreedom: Float, scale: Float = 1) {
    ParameterRange.positive.require(degreesOfFreedom, "StudentT", "degreesOfFreedom")
    ParameterRange.nonNegative.require(scale, "StudentT", "scale")
    self.degreesOfFreedom = degreesOfFreedom
    self.scale = scale
  }

  /// 0 for ν > 1; otherwise NaN: there is none.
  public var mean: Double { degreesOfFreedom > 1 ? 0 : .nan }

  /// Ideally scale² · ν / (ν − 2) for ν > 2, infinite for 1 < ν ≤ 2, undefined (NaN) without a mean.
  ///
  /// For ν > 2 it is that of the draws, whose tails end: of the variance at ν = 3 they lack 0.06 %, at ν = 2.1 34 %.
  public var variance: Double {
    if degreesOfFreedom <= 1 { return .nan }
    if degreesOfFreedom <= 2 { return .infinity }
    // ν/2 · (E u⁻ᵃ − 1) with a = 2/ν, u = (k + ½) / n: E u⁻ᵃ is 1 / (1 − a), and nᵃ⁻¹ · ζ(a, ½) for the midpoints' deviation.
    let exponent = 2 / Double(degreesOfFreedom)
    let share = ReproducibleDoubleMath.exp((exponent - 1) * 31 * 0.6931471805599453)
    let deviation = share * Self.zeta(exponent) / exponent
    return Double(scale) * Double(scale) * (1 / (1 - exponent) + deviation)
  }

  /// Hurwitz's ζ(a, ½) for 0 < a < 1: the sum of (k + ½)⁻ᵃ less its integral, by Euler and Maclaurin's formula.
  private static func zeta(_ exponent: Double) -> Double {
    let count = 64.0
    let root = ReproducibleDoubleMath.exp(-exponent * ReproducibleDoubleMath.log(count))
    var sum = -count * root / (1 - exponent)
    for number in stride(from: count - 0.5, to: 0, by: -1) {
      sum += ReproducibleDoubleMath.exp(-exponent * ReproducibleDoubleMath.log(number))
    }
    let product = exponent * (exponent + 1) * (exponent + 2)
    return sum - exponent * root / (24 * count)
      + 7 * product * root / (5760 * count * count * count)
  }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    var sineValues = [Float](repeating: 0, count: tile.count)
    var growthValues = sineValues
    var sines = sineValues.mutableSpan
    var growths = growthValues.mutableSpan
    // The cosine by the sine of the angle from where it is 0, which keeps the digits of small draws.
    address.plane(1).fillDistancesFromEnds(&sines)
    for index in sines.indices {
      let distance = sines[index]
      sines[index] = Float(signOf: distance, magnitudeOf: .pi * (0.5 - abs(distance)))
    }
    ReproducibleMath.sin(&sines)
    address.fillFineUniforms(&tile)
    ReproducibleMath.log(&tile)
    // From here on more degrees of freedom change no bit, and h would leave the range of a float.
    let degrees = min(degreesOfFreedom, 0x1p30)
    update(&tile, &growths) { logarithm, growth in
      growth = -logarithm / degrees
      logarithm = growth
    }
    ReproducibleMath.tanh(&tile)
    ReproducibleMath.exp(&growths)
    let (scale, greatest) = (scale, Float.greatestFiniteMagnitude)
    update(&tile, &growths, &sines) { draw, growth, sine in
      let radius = growth * (2 * degrees * draw / (1 + draw)).squareRoot()
      let value = scale * (min(radius, greatest) * sine)
      draw = max(-greatest, min(greatest, value))
    }
  }

  public var description: String {
    "StudentT(degreesOfFreedom: \(degreesOfFreedom), scale: \(scale))"
  }
}

extension StudentT: CumulativeDistribution {
  /// P(draw ≤ x), to about 10⁻¹¹ of itself in the lower tail.
  ///
  /// The mean over the angle of what is left to u: P(T ≤ −x) = 1/π · ∫ (1 + x² / (ν sin² φ))^(−ν/2) dφ over 0 … π/2 for x ≥ 0.
  ///
  /// - Parameter x: any number. −∞ gives 0, ∞ gives 1, NaN gives NaN.
  public func cumulativeProbability(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    if scale == 0 { return x < 0 ? 0 : 1 }
    let distance = abs(x) / Double(scale)
    let degrees = Double(degreesOfFreedom)
    var tail = 0.0
    if distance.isFinite {
      tail =
        integral(from: 0, to: .pi / 2, change: 0) { angle in
          let ratio = distance / ReproducibleDoubleMath.sin(angle)
          let growth =
            ratio > 0x1p500
            ? 2 * ReproducibleDoubleMath.log(ratio) - ReproducibleDoubleMath.log(degrees)
            : ReproducibleDoubleMath.log(onePlus: ratio * ratio / degrees)
          return ReproducibleDoubleMath.exp(-degrees / 2 * growth)
        } / .pi
    }
    return x < 0 ? tail : 1 - tail
  }

  /// The value that a draw does not exceed with the probability `p`: ``cumulativeProbability(_:)`` inverted, to about 10⁻¹¹ of
  /// itself. For tables and tests; draws do not use it.
  ///
  /// - Parameter p: 0…1; another stops the program. 0 and 1 give −∞ and ∞.
  public func quantile(_ p: Double) -> Double {
    // From the lower tail, which keeps its digits; 1 − p is exact.
    if p > 0.5, p <= 1 { return -quantile(1 - p) }
    return HeavyTailedNoise.quantile(p, "StudentT", of: cumulativeProbability)
  }
}
