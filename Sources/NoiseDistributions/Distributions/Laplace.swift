package import CKernels

/// The Laplace distribution about 0, the double exponential: density exp(−|x| / scale) / (2 · scale).
///
/// By its quantile function: scale · ln 2p below ½, −scale · ln 2(1 − p) above, with a relative error of at most
/// 1.4 · 2⁻²³, in both tails to their ends. Tails are heavier than a Gaussian's; the greatest draw is 15.94 · scale.
///
/// Johnson, Kotz, Balakrishnan: *Continuous Univariate Distributions*, volume 2 (1995), chapter 24.
public struct Laplace: QuantileDistribution, Hashable, CustomStringConvertible {
  /// The mean of |d|: 0 or more.
  public let scale: Float

  /// - Parameter scale: finite, 0 or more; another stops the program.
  public init(scale: Float) {
    requireSpread(scale, "Laplace", "scale")
    self.scale = scale
  }

  /// 0: p and 1 − p are as likely as each other, and their draws are each other's negative.
  public var mean: Double { 0 }

  /// Ideally 2 · scale². The draws' tails end, so theirs is less by 1.44 parts in 10⁶: the mean of the squares of the
  /// 2²³ quantiles.
  public var variance: Double { 1.9999971189231587 * Double(scale) * Double(scale) }

  public func quantile(_ p: Float) -> Float {
    let logarithm = ReproducibleMath.log(2 * min(p, 1 - p))
    return Float(signOf: p - 0.5, magnitudeOf: scale * logarithm)
  }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    unsafe address.fill(&tile, from: draw)
  }

  public var description: String { "Laplace(scale: \(scale))" }
}

extension Laplace: NativeDistribution {
  package var draw: ck_draw { unsafe ck_draw(CK_LAPLACE, b: scale) }
}

extension Laplace: CumulativeDistribution {
  /// ½ · exp(x / scale) below 0, 1 − ½ · exp(−x / scale) above.
  public func cumulativeProbability(_ x: Double) -> Double {
    if scale == 0 { return stepProbability(x, at: 0) }
    let z = x / Double(scale)
    return z < 0 ? ReproducibleDoubleMath.exp(z) / 2 : 1 - ReproducibleDoubleMath.exp(-z) / 2
  }
}
