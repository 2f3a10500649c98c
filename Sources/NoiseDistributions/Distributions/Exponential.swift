package import CKernels

/// The exponential distribution: density exp(−x / scale) / scale for x > 0. Its rate is 1 / scale.
///
/// By its quantile function, −scale · ln(1 − p), with a relative error of at most 1.4 · 2⁻²³ at both ends: 1 − p is
/// exact. Draws lie between 6 · 10⁻⁸ · scale and 16.64 · scale.
///
/// Johnson, Kotz, Balakrishnan: *Continuous Univariate Distributions*, volume 1 (1994), chapter 19.
public struct Exponential: QuantileDistribution, Hashable, CustomStringConvertible {
  /// The mean, and the standard deviation, of the ideal distribution: 0 or more.
  public let scale: Float

  /// - Parameter scale: finite, 0 or more; another stops the program.
  public init(scale: Float) {
    requireSpread(scale, "Exponential", "scale")
    self.scale = scale
  }

  /// Ideally scale. The draws' tail ends, so theirs is less by 2⁻²⁴ · ln 2 of it: the mean of the 2²³ quantiles.
  public var mean: Double { 0.9999999586852091 * Double(scale) }

  /// Ideally scale². The draws' is less by 1.42 parts in 10⁶: that of the 2²³ quantiles.
  public var variance: Double { 0.9999985848166969 * Double(scale) * Double(scale) }

  public func quantile(_ p: Float) -> Float { -scale * ReproducibleMath.log(1 - p) }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    unsafe address.fill(&tile, from: draw)
  }

  public var description: String { "Exponential(scale: \(scale))" }
}

extension Exponential: NativeDistribution {
  package var draw: ck_draw { unsafe ck_draw(CK_EXPONENTIAL_DRAW, b: scale) }
}

extension Exponential: CumulativeDistribution {
  /// 1 − exp(−x / scale) above 0, 0 below.
  public func cumulativeProbability(_ x: Double) -> Double {
    if scale == 0 { return stepProbability(x, at: 0) }
    return x < 0 ? 0 : -ReproducibleDoubleMath.expMinusOne(-x / Double(scale))
  }
}
