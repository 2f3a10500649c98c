public import NoiseDistributions

/// The Cauchy distribution about 0: density scale / (π · (x² + scale²)).
///
/// By its quantile function, scale · tan(π · (p − ½)), to within 7 units in the last place. It has neither mean nor variance:
/// averages of its draws do not settle. The greatest draw is 5.3 · 10⁶ · scale.
public struct Cauchy: QuantileDistribution, Hashable, CustomStringConvertible {
  /// Half of the draws lie within ±scale.
  public let scale: Float

  /// - Parameter scale: finite, 0 or more; another stops the program.
  public init(scale: Float) {
    guard scale >= 0, scale.isFinite else {
      fatalError("Cauchy: scale is \(scale); expected a finite number, 0 or more")
    }
    self.scale = scale
  }

  /// NaN: the distribution has no mean.
  public var mean: Double { .nan }

  /// NaN: without a mean there is no variance.
  public var variance: Double { .nan }

  public func quantile(_ p: Float) -> Float {
    // In the tails by the angle from the asymptote, which keeps its digits: tan(π(½ − p)) = 1 / tan(πp).
    let tail = min(p, 1 - p)
    let inTail = tail < 0.25
    let tangent = ReproducibleMath.tan(.pi * (inTail ? tail : 0.5 - tail))
    return Float(signOf: p - 0.5, magnitudeOf: inTail ? scale / tangent : scale * tangent)
  }

  public var description: String { "Cauchy(scale: \(scale))" }
}

extension Cauchy: CumulativeDistribution {
  /// P(draw ≤ x) = ½ + arctan(x / scale) / π.
  ///
  /// - Parameter x: any number. −∞ gives 0, ∞ gives 1, NaN gives NaN.
  public func cumulativeProbability(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    if scale == 0 { return x < 0 ? 0 : 1 }
    let tail = ReproducibleDoubleMath.atan(Double(scale) / abs(x)) / .pi
    return x < 0 ? tail : 1 - tail
  }
}
