/// Moments of the normal draws as they really are: u = (k + ½) · h with h = 2⁻³¹, k uniform on 0 … 2³¹ − 1, and
/// z = √(2t) · cos θ with t = −ln u.
enum NormalMoments {
  /// The greatest value of |z|, √(2 · 32 · ln 2).
  static let greatest: Float = 6.660437

  /// E exp(m + s·z), s ≥ 0: to about 10⁻⁷ of itself wherever it is in the range of a `Double`, though its factors may not be.
  static func mean(ofExponential m: Double, _ s: Double) -> Double {
    // Beyond, the greatest t gives all that counts: E over θ is the Bessel function I₀(s · √(2t)), and this its expansion.
    if s > 200 {
      let place = s * (2 * longest[0]).squareRoot()
      let series = 1 + (1 + 9 / (16 * place)) / (8 * place)
      return 0x1p-31 / (2 * .pi * place).squareRoot() * series
        * ReproducibleDoubleMath.exp(m + place)
    }
    // Terms reach exp(greatest · s). They are summed in units of exp(greatest · s / 2), which is put back by halves.
    let unit = Double(greatest) / 2 * s
    let half = ReproducibleDoubleMath.exp((m + unit) / 2)
    return ReproducibleDoubleMath.exp(m) + half * exponentialMinusOne(s, unit: unit) * half
  }

  /// The variance of exp(m + s·z), likewise.
  static func variance(ofExponential m: Double, _ s: Double) -> Double {
    if s > 8 {
      let expectation = mean(ofExponential: m, s)
      return mean(ofExponential: 2 * m, 2 * s) - expectation * expectation
    }
    // E e^2sz - (E e^sz)², by the excesses over 1 so that a narrow distribution keeps its digits.
    let once = exponentialMinusOne(s)
    let twice = exponentialMinusOne(2 * s)
    let factor = ReproducibleDoubleMath.exp(m)
    return factor * (twice - 2 * once - once * once) * factor
  }

  /// exp(−unit) · (E exp(s·z) − 1).
  ///
  /// E cos²ʲ θ = (2j)! / (4ʲ j!²), so that E exp(s·z) = Σ (s²/2)ʲ / j! · mⱼ with mⱼ = E tʲ / j!. An ideal t has mⱼ = 1. A
  /// real one differs in its greatest values: those of the K = 16 smallest u are summed one by one; the rest is an
  /// integral, the incomplete gamma function P(j + 1, T) with T = −ln(K·h), and the midpoint rule's first correction to it,
  /// −exp(−T) · Tʲ⁻¹ / (j − 1)! / (24 K²).
  private static func exponentialMinusOne(_ s: Double, unit: Double = 0) -> Double {
    let half = s * s / 2
    let count = Double(longest.count)
    let limit = 27 * 0.6931471805599453
    var sum = 0.0
    // (s²/2)ʲ / j!, in units of exp(unit) as all with it.
    var factor = ReproducibleDoubleMath.exp(-unit)
    var powers = longest.map { _ in 0x1p-31 * factor }  // factor · h · tʲ / j! of the K longest t
    var gamma = count * 0x1p-31 * factor  // factor · exp(-T) · Tʲ / j!
    var share = count * 0x1p-31  // exp(-T) · Tʲ / j!
    var tail = share
    for j in 1..<4096 {
      let number = Double(j)
      var term = -gamma * half / number / (24 * count * count)
      gamma *= half * limit / (number * number)
      // P(j + 1, T) = 1 − exp(−T) · (1 + T + … + Tʲ/j!), or where that would cancel by the terms that follow Tʲ/j!.
      if j < 18 {
        factor *= half / number
        share *= limit / number
        tail += share
        term += factor * (1 - tail)
      } else {
        term += gamma * termsAfter(number, limit)
      }
      for index in powers.indices {
        powers[index] *= half * longest[index] / (number * number)
        term += powers[index]
      }
      sum += term
      if !sum.isFinite || (number > 4 * s && term <= 0x1p-60 * sum) { break }
    }
    return sum
  }

  /// Σ Tⁱ / ((j + 1) … (j + i)) over i = 1, 2 …, for j of 18 and more.
  private static func termsAfter(_ number: Double, _ limit: Double) -> Double {
    var (sum, term, divisor) = (0.0, 1.0, number)
    repeat {
      divisor += 1
      term *= limit / divisor
      sum += term
    } while term > 0x1p-60 * sum
    return sum
  }

  /// −ln((k + ½) · 2⁻³¹) for k = 0 … 15.
  private static let longest = [
    22.1807097779182499, 21.08209748925014021, 20.57127186548414953, 20.2347996288629366,
    19.98348520058203052, 19.78281450511987936, 19.61576042045671317, 19.47265957681603984,
    19.34749643386203382, 19.23627079875180944, 19.1361873401948269, 19.04521556198910021,
    18.96183395305004915, 18.88487291191392083, 18.81341394793177587, 18.74672257343310366,
  ]
}
