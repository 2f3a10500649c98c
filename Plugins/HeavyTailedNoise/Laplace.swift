public import NoiseDistributions

/// The Laplace distribution about 0, the double exponential: density exp(−|x| / scale) / (2 · scale).
///
/// By its quantile function: scale · ln 2p below ½, −scale · ln 2(1 − p) above. Tails are heavier than a Gaussian's;
/// the greatest draw is 15.94 · scale.
public struct Laplace: QuantileDistribution, Hashable, CustomStringConvertible {
  /// The mean of |d|.
  public let scale: Float

  /// - Parameter scale: finite, 0 or more; another stops the program.
  public init(scale: Float) {
    guard scale >= 0, scale.isFinite else {
      fatalError("Laplace: scale is \(scale); expected a finite number, 0 or more")
    }
    self.scale = scale
  }

  /// 0: p and 1 − p are as likely as each other, and their draws are each other's negative.
  public var mean: Double { 0 }

  /// Ideally 2 · scale². The draws' tails end, so theirs is less by 1.44 parts in 10⁶: the mean of the squares of the
  /// 2²³ quantiles.
  public var variance: Double { 1.9999971189231587 * Double(scale) * Double(scale) }

  public func quantile(_ p: Float) -> Float {
    // By the nearer tail and a sign: the half that p lies in is a coin toss, which a processor cannot predict.
    let magnitude = -scale * ReproducibleMath.log(2 * min(p, 1 - p))
    return Float(signOf: p - 0.5, magnitudeOf: magnitude)
  }

  public var description: String { "Laplace(scale: \(scale))" }
}
