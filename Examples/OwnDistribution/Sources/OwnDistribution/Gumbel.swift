import NoiseDistributions

/// The Gumbel distribution, that of the greatest of many draws: P(X ≤ x) = exp(−exp(−x / scale)).
public struct Gumbel: QuantileDistribution {
  public let scale: Float
  public init(scale: Float) {
    ParameterRange.nonNegative.require(scale, "Gumbel", "scale")
    self.scale = scale
  }
  public var mean: Double { 0.5772156649015329 * Double(scale) }
  public var variance: Double { Double.pi * Double.pi / 6 * Double(scale) * Double(scale) }
  public func quantile(_ p: Float) -> Float {
    -scale * ReproducibleMath.log(-ReproducibleMath.log(p))
  }
}
