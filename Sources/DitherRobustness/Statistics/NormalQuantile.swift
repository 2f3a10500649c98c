import NoiseDistributions

/// Φ⁻¹(p), the standard normal's quantile in double precision, for 0 < p < 1: to about 10⁻¹⁴.
///
/// Halley's steps from the one in single precision. Both halves are computed in the lower tail, where Φ keeps its digits.
package func normalQuantile(_ p: Double) -> Double {
  let tail = min(p, 1 - p)
  let start = ReproducibleMath.inverseNormal(Float(tail))
  // Where a `Float` has no such probability.
  var z =
    start.isFinite ? Double(start) : -(-2 * ReproducibleDoubleMath.log(tail)).squareRoot()
  for _ in 0..<20 {
    let density = ReproducibleDoubleMath.exp(-z * z / 2) * 0.3989422804014327
    let error = (ReproducibleDoubleMath.normalProbability(z) - tail) / density
    let step = error / (1 + z * error / 2)
    z -= step
    if abs(step) <= 0x1p-50 * abs(z) || !step.isFinite { break }
  }
  return p <= 0.5 ? z : -z
}
