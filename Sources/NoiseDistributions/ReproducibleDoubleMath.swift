/// Elementary functions of `Double` with the same bits on every machine, by IEEE operations alone: for what a distribution
/// states of itself, its mean, its variance and its cumulative probability, which are then as reproducible as its draws.
///
/// For single numbers. What is computed for every draw takes ``ReproducibleMath``, in single precision.
///
/// ```swift
/// // P(X ≤ x) of the Gumbel distribution.
/// func cumulativeProbability(_ x: Double, scale: Double) -> Double {
///   ReproducibleDoubleMath.exp(-ReproducibleDoubleMath.exp(-x / scale))
/// }
/// ```
public enum ReproducibleDoubleMath {
  /// eˣ, to within two units in the last place; ∞ above 709.78.
  public static func exp(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709.78 { return .infinity }
    if x < -745.2 { return 0 }
    let count = (x * 1.4426950408889634).rounded()
    let rest = (x - count * 0.693147180369123816490)
      .addingProduct(count, -1.90821492927058770002e-10)
    var sum = 1.0
    for number in stride(from: 18.0, to: 0, by: -1) { sum = 1 + rest * sum / number }
    // In two steps: 2^count alone may leave the range where the product does not.
    let part = (count / 2).rounded(.towardZero)
    return sum * Double(sign: .plus, exponent: Int(part), significand: 1)
      * Double(sign: .plus, exponent: Int(count - part), significand: 1)
  }

  /// eˣ − 1, to within five units in the last place, where x is small too.
  public static func expMinusOne(_ x: Double) -> Double {
    if abs(x) > 0.5 || x.isNaN { return exp(x) - 1 }
    var sum = 1.0
    for number in stride(from: 18.0, to: 1, by: -1) { sum = 1 + x * sum / number }
    return x * sum
  }

  /// ln x, to within two units in the last place; −∞ at 0, NaN below.
  public static func log(_ x: Double) -> Double {
    guard x > 0, x.isFinite else { return x == 0 ? -.infinity : x > 0 ? x : .nan }
    var exponent = Double(x.exponent)
    var significand = x.significand
    if significand > 1.4142135623730951 {
      significand /= 2
      exponent += 1
    }
    // ln m = 2r · (1 + r²/3 + r⁴/5 + …) with r = (m − 1) / (m + 1), at most 0.172.
    let ratio = (significand - 1) / (significand + 1)
    var sum = 0.0
    for number in stride(from: 25.0, to: 1, by: -2) { sum = ratio * ratio * (sum + 1 / number) }
    let rest = 2 * ratio + (2 * ratio * sum + exponent * 1.90821492927058770002e-10)
    return exponent * 0.693147180369123816490 + rest
  }

  /// ln(1 + x), to within four units in the last place, where x is small too; −∞ at −1, NaN below.
  public static func log(onePlus x: Double) -> Double {
    guard x >= -0.5, x <= 1 else { return log(1 + x) }
    // 2 · artanh(x / (2 + x)).
    let argument = x / (2 + x)
    let square = argument * argument
    var sum = 0.0
    for number in stride(from: 37.0, to: 0, by: -2) { sum = 1 / number + square * sum }
    return 2 * argument * sum
  }

  /// x to the power of a whole number, 0 or more, by repeated squaring.
  static func pow(_ x: Double, _ count: Int) -> Double {
    var (result, square, rest) = (1.0, x, count)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }

  /// The sine of `x` radians, −π/2…π/2, to within four units in the last place; NaN outside.
  public static func sin(_ x: Double) -> Double {
    guard abs(x) <= .pi / 2 else { return .nan }
    let square = x * x
    var sum = 1.0
    for number in stride(from: 24.0, to: 0, by: -2) {
      sum = 1 - square / (number * (number + 1)) * sum
    }
    return x * sum
  }

  /// The angle in radians, −π/2…π/2, whose tangent is x, to within eight units in the last place.
  public static func atan(_ x: Double) -> Double {
    if x < 0 { return -atan(-x) }
    if x > 1 { return .pi / 2 - atan(1 / x) }
    // Two halvings of the angle, then the Taylor series.
    let half = x / (1 + (1 + x * x).squareRoot())
    let quarter = half / (1 + (1 + half * half).squareRoot())
    let square = quarter * quarter
    var sum = 0.0
    for number in stride(from: 25.0, to: 0, by: -2) { sum = 1 / number - square * sum }
    return 4 * quarter * sum
  }
}
