extension ReproducibleDoubleMath {
  /// Φ(z), the standard normal's distribution function, to about 10⁻¹⁵ of itself.
  ///
  /// By rational functions: Cody, *Rational Chebyshev approximations for the error function* (1969), as he fitted them to the
  /// normal distribution (*SPECFUN*, ACM Algorithm 715, 1993).
  public static func normalProbability(_ z: Double) -> Double {
    if z.isNaN { return z }
    let distance = abs(z)
    if distance <= 0.67448975 {
      return 0.5 + z * ratio(of: NormalCoefficients.middle, at: z * z)
    }
    // Beyond, a tail is below the least number.
    if distance > 38.6 { return z > 0 ? 1 : 0 }
    var tail: Double
    if distance <= 5.656854249492381 {
      tail = ratio(of: NormalCoefficients.tail, at: distance)
    } else {
      let square = 1 / (z * z)
      tail = square * ratio(of: NormalCoefficients.farTail, at: square)
      tail = (0.3989422804014327 - tail) / distance
    }
    // exp(−z²/2), z² as the square of few digits and a rest, so that neither is rounded.
    let head = (distance * 16).rounded(.towardZero) / 16
    tail *= exp(-head * head / 2) * exp(-(distance - head) * (distance + head) / 2)
    return z > 0 ? 1 - tail : tail
  }
}

/// Two polynomials by their coefficients, the highest power first; the denominator's highest is 1.
private struct RationalFunction {
  var numerator: [Double]
  var denominator: [Double]
}

private func ratio(of function: RationalFunction, at x: Double) -> Double {
  var (numerator, denominator) = (0.0, 1.0)
  for coefficient in function.numerator { numerator = numerator * x + coefficient }
  for coefficient in function.denominator { denominator = denominator * x + coefficient }
  return numerator / denominator
}

private enum NormalCoefficients {
  static let middle = RationalFunction(
    numerator: [
      0.065682337918207449113, 2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582,
      18154.981253343561249,
    ],
    denominator: [
      47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956,
    ])
  static let tail = RationalFunction(
    numerator: [
      1.0765576773720192317e-8, 0.39894151208813466764, 8.8831497943883759412,
      93.506656132177855979, 597.27027639480026226, 2494.5375852903726711, 6848.1904505362823326,
      11602.651437647350124, 9842.7148383839780218,
    ],
    denominator: [
      22.266688044328115691, 235.38790178262499861, 1519.377599407554805, 6485.558298266760755,
      18615.571640885098091, 34900.952721145977266, 38912.003286093271411, 19685.429676859990727,
    ])
  static let farTail = RationalFunction(
    numerator: [
      0.02307344176494017303, 0.21589853405795699, 0.1274011611602473639, 0.022235277870649807,
      0.001421619193227893466, 2.9112874951168792e-5,
    ],
    denominator: [
      1.28426009614491121, 0.468238212480865118, 0.0659881378689285515, 0.00378239633202758244,
      7.29751555083966205e-5,
    ])
}
