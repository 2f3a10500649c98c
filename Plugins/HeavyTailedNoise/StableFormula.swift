/// The formula of a draw in single precision, of the constants rounded once: see ``StableConstants`` for the symbols.
struct StableFormula {
  let epsilon: Float
  /// 1/ε; 1 at ε = 0, where what it multiplies has its limit already.
  let overEpsilon: Float
  /// ε/α: of ln z in the exponent.
  let growthRate: Float
  let tau: Float
  private let tauOverEpsilon: Float
  private let lowerEnd: Float
  private let upperEnd: Float
  private let lowerSlope: Float
  private let upperSlope: Float
  private let quarterTangent: Float

  init(_ constants: StableConstants) {
    epsilon = Float(constants.epsilon)
    overEpsilon = constants.epsilon == 0 ? 1 : Float(1 / constants.epsilon)
    growthRate = min(Float(constants.epsilon / constants.stability), .greatestFiniteMagnitude)
    tau = Float(constants.tau)
    tauOverEpsilon = constants.epsilon == 0 ? 0 : Float(constants.tau / constants.epsilon)
    lowerEnd = Float(constants.lowerEnd)
    upperEnd = Float(constants.upperEnd)
    lowerSlope = Float(constants.lowerSlope)
    upperSlope = Float(constants.upperSlope)
    quarterTangent = Float(constants.quarterTangent)
  }

  /// B, M and cos Φ, of a = tan(ψ/2) and n = tan(εψ/2) / ε.
  @inline(__always)
  func parts(a: Float, n: Float, isUpper: Bool) -> (b: Float, m: Float, cosine: Float) {
    let sign: Float = isUpper ? 1 : -1
    let en = epsilon * n
    // k = tan(ε(π/2 − ψ)/2) / ε.
    let k = (quarterTangent - n) / (1 + epsilon * quarterTangent * en)
    let ek = epsilon * k
    let end = isUpper ? upperEnd : lowerEnd
    let slope = isUpper ? upperSlope : lowerSlope
    let b = (end * (1 - en * en) + 2 * slope * n) / (1 + en * en)
    let square = a * a
    let tangent = sign * (1 - square) / (2 * a)
    let m = b * tangent - 2 * ek * (sign + tau * k) / (1 + ek * ek)
    return (b, m, 2 * a / (1 + square))
  }

  /// M · exp(εL) + τ · (exp(εL) − 1) / ε, where growth = exp(εL) and halfTangent = tanh(εL/2).
  @inline(__always)
  func value(exponent: Float, m: Float, growth: Float, halfTangent: Float) -> Float {
    let near = m * growth + tauOverEpsilon * (halfTangent * (growth + 1))
    let far = (m + tauOverEpsilon) * growth - tauOverEpsilon
    return abs(exponent) < 1 ? near : far
  }
}
