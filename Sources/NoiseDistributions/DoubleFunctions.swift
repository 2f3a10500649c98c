// Elementary functions in double precision by IEEE operations alone, for the few numbers that a schedule or a scale
// needs: within a few units in the last place.

/// sin x for |x| ≤ π/2, by its Taylor series.
func sine(_ x: Double) -> Double {
  let square = x * x
  var sum = 1.0
  for number in stride(from: 24.0, to: 0, by: -2) {
    sum = 1 - square / (number * (number + 1)) * sum
  }
  return x * sum
}

/// ln x for a finite x > 0.
func logarithm(_ x: Double) -> Double {
  var exponent = Double(x.exponent)
  var significand = x.significand
  if significand > 1.4142135623730951 {
    significand /= 2
    exponent += 1
  }
  // The two parts of ln 2 that `exponential` takes.
  let rest = logarithm(onePlus: significand - 1) + exponent * 1.90821492927058770002e-10
  return exponent * 0.693147180369123816490 + rest
}

/// ln(1 + x) for −½ ≤ x ≤ 1, with all digits near 0: 2 · artanh(x / (2 + x)).
func logarithm(onePlus x: Double) -> Double {
  let argument = x / (2 + x)
  let square = argument * argument
  var sum = 0.0
  for number in stride(from: 37.0, to: 0, by: -2) { sum = 1 / number + square * sum }
  return 2 * argument * sum
}

/// eˣ − 1 for |x| ≤ 1, with all digits near 0, by its Taylor series.
func exponentialMinusOne(_ x: Double) -> Double {
  var sum = 1.0
  for number in stride(from: 20.0, to: 1, by: -1) { sum = 1 + x / number * sum }
  return x * sum
}

/// x to the power of a whole number, 0 or more.
func power(_ x: Double, _ count: Int) -> Double {
  var (result, square, rest) = (1.0, x, count)
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}
