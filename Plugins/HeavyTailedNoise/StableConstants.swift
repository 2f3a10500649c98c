import NoiseDistributions

/// What the formulas of a stable distribution hold besides the two draws: see ``AlphaStable``. β ≥ 0 here: a distribution with
/// −β is the mirror image.
///
/// In the notation of Chambers, Mallows and Stuck, ε = 1 − α and τ = β · ε / tan(πε/2), which is 2β/π at α = 1. The angle
/// Φ = ±(π/2 − ψ) is counted from its nearer end, ψ in 0 … π/2: what is small there keeps its digits. Of it
///
///     B = cos εΦ + τ · sin(εΦ) / ε,   M = tan Φ · B − sin εΦ − 2τ · sin²(εΦ/2) / ε
///
/// and with an exponential draw W and z = B / (W · cos Φ), L = ln z / α, the draw is
///
///     X = M · exp(εL) + τ · (exp(εL) − 1) / ε
///
/// Nothing in it is undefined at ε = 0. B takes its value and slope at an end of the range: the value is (1 ± β) · cos(πε/2).
struct StableConstants: Hashable, Sendable {
  let stability: Double
  /// ε.
  let epsilon: Double
  /// τ.
  let tau: Double
  /// B at Φ = −π/2.
  let lowerEnd: Double
  /// B at Φ = π/2.
  let upperEnd: Double
  /// dB/dψ at Φ = −π/2.
  let lowerSlope: Double
  /// dB/dψ at Φ = π/2.
  let upperSlope: Double
  /// tan(επ/4) / ε.
  let quarterTangent: Double

  /// - Parameters:
  ///   - stability: α.
  ///   - skewness: β, 0 or more.
  init(stability: Double, skewness: Double) {
    let difference = 1 - stability
    self.stability = stability
    epsilon = difference
    // Both of πε/2, each from where it is small: min(α, 2 − α) is exact.
    let cosine = ReproducibleDoubleMath.sin(.pi / 2 * min(stability, 2 - stability))
    let sineOverEpsilon =
      difference == 0 ? .pi / 2 : ReproducibleDoubleMath.sin(.pi / 2 * difference) / difference
    tau = skewness * cosine / sineOverEpsilon
    lowerEnd = (1 - skewness) * cosine
    upperEnd = (1 + skewness) * cosine
    let square = difference * difference * sineOverEpsilon
    lowerSlope = square + tau * cosine
    upperSlope = square - tau * cosine
    let quarterSine = ReproducibleDoubleMath.sin(.pi / 4 * difference)
    let quarterCosine = ReproducibleDoubleMath.sin(.pi / 4 * (2 - abs(difference)))
    quarterTangent = difference == 0 ? .pi / 4 : quarterSine / quarterCosine / difference
  }
}

extension StableConstants {
  /// B and M at one angle, Φ = ±(π/2 − ψ).
  func parts(psi: Double, upper: Bool) -> (b: Double, m: Double, cosine: Double) {
    let sign: Double = upper ? 1 : -1
    // Tangents of the half angles: a of ψ, n and k of εψ and of ε(π/2 − ψ), divided by ε.
    let a = ReproducibleDoubleMath.sin(psi / 2) / ReproducibleDoubleMath.sin(.pi / 2 - psi / 2)
    let p = epsilon * psi / 2
    let tangent = ReproducibleDoubleMath.sin(p) / ReproducibleDoubleMath.sin(.pi / 2 - abs(p))
    let n = epsilon == 0 ? psi / 2 : tangent / epsilon
    let en = epsilon * n
    let k = (quarterTangent - n) / (1 + epsilon * epsilon * quarterTangent * n)
    let ek = epsilon * k
    let end = upper ? upperEnd : lowerEnd
    let slope = upper ? upperSlope : lowerSlope
    let b = (end * (1 - en * en) + 2 * slope * n) / (1 + en * en)
    let m = sign * b * (1 - a * a) / (2 * a) - 2 * ek * (sign + tau * k) / (1 + ek * ek)
    return (b, m, 2 * a / (1 + a * a))
  }

  /// P(X ≤ x), or with `complement` P(X > x), for a scale of 1.
  ///
  /// For one angle X is monotone in the exponential draw W: the probability is exp(−W*) or 1 − exp(−W*) of the W* at which
  /// X = x. Their mean over the angle is the integral of Zolotarev and Nolan in another form, without the singularity at α = 1.
  /// W* is monotone in the angle, and near α = 1 and β = 0 the probability falls from 1 to 0 within a small part of it.
  func probability(_ x: Double, complement: Bool) -> Double {
    [false, true].reduce(0) { sum, upper in
      let share = { (turns: Double) in
        self.share(x, psi: .pi * turns, upper: upper, complement)
      }
      var (low, high) = (0.0, 0.5)
      let rises = share(0x1p-40) < share(0.5)
      for _ in 0..<48 {
        let middle = (low + high) / 2
        if (share(middle) < 0.5) == rises { low = middle } else { high = middle }
      }
      return sum + integral(from: 0, to: 0.5, change: low, of: share)
    }
  }

  private func share(_ x: Double, psi: Double, upper: Bool, _ complement: Bool) -> Double {
    let (b, m, cosine) = parts(psi: psi, upper: upper)
    // X = m + slope · D with D = (exp(εL) − 1) / ε, which falls as W grows.
    let slope = epsilon * m + tau
    if slope == 0 { return (m <= x) != complement ? 1 : 0 }
    let d = (x - m) / slope
    let power = epsilon * d
    // Whether X ≤ x where D is small enough, and so W great enough.
    let greatW = (slope > 0) != complement
    if power <= -1 {
      // D = d is out of reach: below every D if ε > 0, above if ε < 0.
      return (epsilon < 0) == greatW ? 1 : 0
    }
    let l = epsilon == 0 ? d : ReproducibleDoubleMath.log(onePlus: power) / epsilon
    let w = b / cosine * ReproducibleDoubleMath.exp(-stability * l)
    return greatW ? ReproducibleDoubleMath.exp(-w) : -ReproducibleDoubleMath.expMinusOne(-w)
  }
}
