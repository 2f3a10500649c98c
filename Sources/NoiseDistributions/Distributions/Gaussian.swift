package import CKernels

/// The normal distribution: d = mean + standardDeviation · z.
///
/// z comes in pairs from two words (Box and Muller, 1958): r = √(−2 ln u), and r·cos θ, r·sin θ. u lies in [2⁻³², 1], so
/// |z| is at most 6.66; every value and its negative are exactly as likely. The draw is fma(standardDeviation, z, mean):
/// rounded once.
public struct Gaussian: NoiseDistribution, Hashable, CustomStringConvertible {
  let location: Float
  /// σ: 0 or more.
  public let standardDeviation: Float

  /// - Parameters:
  ///   - mean: finite; another stops the program.
  ///   - standardDeviation: finite, 0 or more; another stops the program.
  public init(mean: Float = 0, standardDeviation: Float) {
    requireFinite(mean, "Gaussian", "mean")
    requireSpread(standardDeviation, "Gaussian", "standardDeviation")
    location = mean
    self.standardDeviation = standardDeviation
  }

  /// The mean as the kernels have it, a `Float`. The draws' own symmetry is exact.
  public var mean: Double { Double(location) }

  /// standardDeviation², of the standard deviation as the kernels have it, a `Float`. The tail's end at 6.66 and the
  /// polynomials change it by less than one part in 10⁶.
  public var variance: Double { Double(standardDeviation) * Double(standardDeviation) }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    unsafe address.fill(&tile, from: draw)
  }

  public var description: String {
    "Gaussian(mean: \(location), standardDeviation: \(standardDeviation))"
  }
}

extension Gaussian: QuantileDistribution, CumulativeDistribution {
  /// mean + standardDeviation · Φ⁻¹(p), Φ⁻¹ to within 4.5 units in the last place. Draws are made in pairs, not by this
  /// function.
  public func quantile(_ p: Float) -> Float {
    location.addingProduct(standardDeviation, ReproducibleMath.inverseNormal(p))
  }

  /// Φ((x − mean) / standardDeviation).
  public func cumulativeProbability(_ x: Double) -> Double {
    if standardDeviation == 0 { return stepProbability(x, at: Double(location)) }
    return ReproducibleDoubleMath.normalProbability(
      (x - Double(location)) / Double(standardDeviation))
  }
}

extension Gaussian: NativeDistribution {
  package var draw: ck_draw {
    unsafe ck_draw(CK_GAUSSIAN, a: location, b: standardDeviation)
  }
}
