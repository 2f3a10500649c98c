import NoiseDistributions

/// The beta distribution's cumulative probability and quantile in double precision, by IEEE operations alone.
package enum IncompleteBeta {
  /// I_x(a, b) = ∫₀ˣ t^(a−1)·(1 − t)^(b−1) dt / B(a, b), for a, b > 0: to 10⁻¹⁰ of SciPy's within six deviations of the mean, for a and b to 10⁶.
  ///
  /// By the continued fraction 8.17.22 of the *NIST Digital Library of Mathematical Functions*, which takes about √max(a, b)
  /// terms.
  package static func probability(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let y = 1 - x
    if x <= (a + 1) / (a + b + 2) { return kernel(x, y, a, b) / a * fraction(x, a, b) }
    return 1 - kernel(y, x, b, a) / b * fraction(y, b, a)
  }

  /// The x with I_x(a, b) = p, for 0 < p < 1 and a, b > 0: to 10⁻¹¹ of SciPy's, for a and b to 10⁶.
  ///
  /// Newton's steps of ln I over ln x, which is concave; where one leaves the interval that is known to hold x, that is halved.
  package static func quantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    var x = a / (a + b)
    for _ in 0..<400 {
      let value = probability(x, a, b)
      let step =
        ReproducibleDoubleMath.log(value / p) * value * (1 - x) / kernel(x, 1 - x, a, b)
      if abs(step) <= 0x1p-50 { break }
      if value < p { low = x } else { high = x }
      var next = x * ReproducibleDoubleMath.exp(-step)
      if !(next > low && next < high) { next = low + (high - low) / 2 }
      if next == x || next <= low || next >= high { break }
      x = next
    }
    return x
  }

  /// x^a · y^b / B(a, b), y = 1 − x, without the logarithms of large numbers that would cancel.
  ///
  /// Loader 2000, *Fast and accurate computation of binomial probabilities*.
  private static func kernel(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    let n = a + b
    let corrections = stirlingError(n) - stirlingError(a) - stirlingError(b)
    let exponent = corrections - deviance(a, n * x) - deviance(b, n * y)
    return (a / n * b / (2 * .pi)).squareRoot() * ReproducibleDoubleMath.exp(exponent)
  }

  /// u·ln(u / v) + v − u, by a series where u and v are near each other.
  private static func deviance(_ u: Double, _ v: Double) -> Double {
    let ratio = (u - v) / (u + v)
    guard abs(ratio) < 0.1 else { return u * ReproducibleDoubleMath.log(u / v) + v - u }
    var sum = (u - v) * ratio
    var power = 2 * u * ratio
    for odd in stride(from: 3.0, to: 200, by: 2) {
      power *= ratio * ratio
      let next = sum + power / odd
      if next == sum { break }
      sum = next
    }
    return sum
  }

  /// ln Γ(z) − ((z − ½)·ln z − z + ½·ln 2π), for z > 0: by Stirling's series from 16 on, to which smaller z are led.
  private static func stirlingError(_ z: Double) -> Double {
    var (z, sum) = (z, 0.0)
    while z < 16 {
      sum += (z + 0.5) * ReproducibleDoubleMath.log(onePlus: 1 / z) - 1
      z += 1
    }
    let square = 1 / (z * z)
    let series =
      1.0 / 12 - square
      * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188)))
    return sum + series / z
  }

  /// The continued fraction, by the method of Lentz (Press et al., *Numerical Recipes*, section 6.4).
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let n = a + b
    var c = 1.0
    var d = 1 / awayFromZero(1 - n * x / (a + 1))
    var value = d
    for term in 1...1_000_000 {
      let m = Double(term)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / awayFromZero(1 + even * d)
      c = awayFromZero(1 + even / c)
      value *= d * c
      let odd = -(a + m) * (n + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / awayFromZero(1 + odd * d)
      c = awayFromZero(1 + odd / c)
      value *= d * c
      if abs(d * c - 1) <= 0x1p-51 { break }
    }
    return value
  }

  private static func awayFromZero(_ x: Double) -> Double { abs(x) < 1e-300 ? 1e-300 : x }
}
