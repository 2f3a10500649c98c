/// A distribution given by its quantile function, the inverse of its cumulative distribution function.
///
/// ```swift
/// struct Triangular: QuantileDistribution {
///   var halfWidth: Float
///   var mean: Double { 0 }
///   var variance: Double { Double(halfWidth * halfWidth) / 6 }
///   func quantile(_ p: Float) -> Float {
///     p < 0.5
///       ? halfWidth * ((2 * p).squareRoot() - 1)
///       : halfWidth * (1 - (2 * (1 - p)).squareRoot())
///   }
/// }
/// ```
///
/// Inverse transform sampling: Devroye, *Non-Uniform Random Variate Generation* (1986), section II.2.
public protocol QuantileDistribution: NoiseDistribution {
  /// The value that a draw does not exceed with the probability `p`.
  ///
  /// - Parameter p: (2k + 1) · 2⁻²⁴ for k = 0 … 2²³ − 1, each as likely as any other: never 0 or 1, symmetric about ½,
  ///   and `1 - p` is exact.
  func quantile(_ p: Float) -> Float
}

extension QuantileDistribution {
  // Inlinable, so that the loop is compiled for the conforming type in its own module, with `quantile` inside it.
  @inlinable
  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    address.fillUniforms(&tile)
    for index in tile.indices {
      tile[index] = quantile(tile[index])
    }
  }
}
