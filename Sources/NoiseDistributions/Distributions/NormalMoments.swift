/// Moments of the normal draws as they really are: u = (k + ½) · h with h = 2⁻³¹, k uniform on 0 … 2³¹ − 1, and
/// z = √(2t) · cos θ with t = −ln u.
enum NormalMoments {
  /// The greatest value of |z|, √(2 · 32 · ln 2).
  static let greatest = 6.660437

  /// E exp(s·z) − 1.
  ///
  /// E cos²ʲ θ = (2j)! / (4ʲ j!²), so that E exp(s·z) = Σ (s²/2)ʲ / j! · mⱼ with mⱼ = E tʲ / j!. An ideal t has mⱼ = 1. A
  /// real one differs in its greatest values: those of the K = 16 smallest u are summed one by one; the rest is an
  /// integral, the incomplete gamma function P(j + 1, T) = 1 − exp(−T) · (1 + T + … + Tʲ/j!) with T = −ln(K·h), and
  /// the midpoint rule's first correction to it, −exp(−T) · Tʲ⁻¹ / (j − 1)! / (24 K²).
  static func exponentialMinusOne(_ s: Double) -> Double {
    let half = s * s / 2
    let count = Double(longest.count)
    let limit = 27 * 0.6931471805599453
    var sum = 0.0
    var factor = 1.0  // (s²/2)ʲ / j!
    var powers = longest.map { _ in 0x1p-31 }  // h · tʲ / j! of the K longest t
    var gamma = count * 0x1p-31  // exp(-T) · Tʲ / j!
    var tail = gamma
    for j in 1..<4096 {
      let number = Double(j)
      let correction = gamma / (24 * count * count)
      factor *= half / number
      gamma *= limit / number
      tail += gamma
      var moment = max(0, 1 - tail) - correction
      for index in powers.indices {
        powers[index] *= longest[index] / number
        moment += powers[index]
      }
      let term = factor * moment
      sum += term
      if !sum.isFinite || (number > 4 * s && term <= 0x1p-60 * sum) { break }
    }
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
