// Elementary functions in double precision by IEEE operations alone, so that a stated moment or probability is as
// reproducible as a draw: within a few units in the last place. For single numbers, not for tiles.

/// eˣ.
func exponential(_ x: Double) -> Double {
  if x > 709.78 { return .infinity }
  if x < -745.2 { return 0 }
  let count = (x * 1.4426950408889634).rounded()
  let rest = x - count * 0.693147180369123816490 - count * 1.90821492927058770002e-10
  var sum = 1.0
  for number in stride(from: 18.0, to: 0, by: -1) { sum = 1 + rest * sum / number }
  // In two steps: 2^count alone may leave the range where the product does not.
  let part = (count / 2).rounded(.towardZero)
  return sum * Double(sign: .plus, exponent: Int(part), significand: 1)
    * Double(sign: .plus, exponent: Int(count - part), significand: 1)
}

/// 1 − e⁻ˣ for x ≥ 0, with all digits near 0.
func oneMinusExponential(ofMinus x: Double) -> Double {
  if x > 0.5 { return 1 - exponential(-x) }
  var sum = 1.0
  for number in stride(from: 18.0, to: 1, by: -1) { sum = 1 - x * sum / number }
  return x * sum
}

/// ln x for x > 0; ∞ at ∞.
func logarithm(_ x: Double) -> Double {
  if x == .infinity { return x }
  var exponent = Double(x.exponent)
  var significand = x.significand
  if significand > 1.4142135623730951 {
    significand /= 2
    exponent += 1
  }
  let small = logarithmNearOne(significand - 1) + exponent * 1.90821492927058770002e-10
  return exponent * 0.693147180369123816490 + small
}

/// ln(1 + x) for x > −1, with all digits near 0.
func logarithm(onePlus x: Double) -> Double {
  abs(x) < 0.3 ? logarithmNearOne(x) : logarithm(1 + x)
}

/// ln(1 + x) for −0.3 ≤ x ≤ 0.42: 2 · artanh(x / (2 + x)).
private func logarithmNearOne(_ x: Double) -> Double {
  let argument = x / (2 + x)
  let square = argument * argument
  var sum = 0.0
  for number in stride(from: 25.0, to: 0, by: -2) { sum = 1 / number + square * sum }
  return 2 * argument * sum
}

/// sin x for |x| ≤ π/2, by its Taylor series.
func sine(_ x: Double) -> Double {
  let square = x * x
  var sum = 1.0
  for number in stride(from: 24.0, to: 0, by: -2) {
    sum = 1 - square * sum / (number * (number + 1))
  }
  return x * sum
}

/// arctan x for x ≥ 0.
func arctangent(_ x: Double) -> Double {
  if x > 1 { return .pi / 2 - arctangent(1 / x) }
  // Two halvings of the angle, then the Taylor series.
  let half = x / (1 + (1 + x * x).squareRoot())
  let quarter = half / (1 + (1 + half * half).squareRoot())
  let square = quarter * quarter
  var sum = 0.0
  for number in stride(from: 25.0, to: 0, by: -2) { sum = 1 / number - square * sum }
  return 4 * quarter * sum
}
