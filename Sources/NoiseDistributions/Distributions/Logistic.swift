package import CKernels

/// The logistic distribution about 0: density exp(−x / scale) / (scale · (1 + exp(−x / scale))²).
///
/// By its quantile function, scale · ln(p / (1 − p)), the logarithm of the odds, to within 2⁻²⁴ · scale and a relative error
/// of 1.4 · 2⁻²³. Close to a Gaussian in the middle, with tails like the ``Laplace`` distribution's; the greatest draw is
/// 16.64 · scale. A draw added to a logit and passed through a sigmoid is a relaxed Bernoulli draw (Maddison, Mnih, Teh:
/// *The Concrete Distribution*, 2017).
///
/// Johnson, Kotz, Balakrishnan: *Continuous Univariate Distributions*, volume 2 (1995), chapter 23.
public struct Logistic: QuantileDistribution, Hashable, CustomStringConvertible {
  /// √3 / π of the standard deviation: 0 or more.
  public let scale: Float

  /// - Parameter scale: finite, 0 or more; another stops the program.
  public init(scale: Float) {
    requireSpread(scale, "Logistic", "scale")
    self.scale = scale
  }

  /// 0: p and 1 − p are as likely as each other, and their draws are each other's negative.
  public var mean: Double { 0 }

  /// Ideally π² / 3 · scale². The draws' tails end, so theirs is less by 0.911 parts in 10⁶: the mean of the squares of
  /// the 2²³ quantiles.
  public var variance: Double { 3.289865138070646 * Double(scale) * Double(scale) }

  public func quantile(_ p: Float) -> Float {
    // By the nearer tail and a sign, so that the quantiles of p and 1 − p differ in their sign alone.
    let tail = min(p, 1 - p)
    let logarithm = ReproducibleMath.log(tail / (1 - tail))
    return Float(signOf: p - 0.5, magnitudeOf: scale * logarithm)
  }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    unsafe address.fill(&tile, from: draw)
  }

  public var description: String { "Logistic(scale: \(scale))" }
}

extension Logistic: NativeDistribution {
  package var draw: ck_draw { unsafe ck_draw(CK_LOGISTIC, b: scale) }
}

extension Logistic: CumulativeDistribution {
  /// 1 / (1 + exp(−x / scale)).
  public func cumulativeProbability(_ x: Double) -> Double {
    if scale == 0 { return stepProbability(x, at: 0) }
    let z = x / Double(scale)
    // By the exponential that does not overflow.
    let small = ReproducibleDoubleMath.exp(-abs(z))
    return z < 0 ? small / (1 + small) : 1 / (1 + small)
  }
}
