/// A distribution given by its quantile function, the inverse of its cumulative distribution function.
///
/// The symmetric form of ``Triangular``, as it could be written outside of the library:
///
/// ```swift
/// struct Tent: QuantileDistribution {
///   var halfWidth: Float
///   var mean: Double { 0 }
///   var variance: Double { Double(halfWidth * halfWidth) / 6 }
///   func quantile(_ p: Float) -> Float {
///     let tail = (2 * min(p, 1 - p)).squareRoot()
///     return Float(signOf: p - 0.5, magnitudeOf: halfWidth * (1 - tail))
///   }
/// }
/// ```
///
/// Quantiles are computed by the million: avoid a branch on p. On which side of ½ it lies is a coin toss, which a processor
/// cannot predict; the nearer tail and a sign, as above, cost a third of `p < 0.5 ? … : …`. Where a call of ``ReproducibleMath``
/// costs too much, fill the tile by the functions over a span instead, which have the same bits
/// (``NoiseDistribution/fill(_:at:)``).
///
/// Inverse transform sampling: Devroye, *Non-Uniform Random Variate Generation* (1986), section II.2.
public protocol QuantileDistribution: NoiseDistribution {
  /// The value that a draw does not exceed with the probability `p`.
  ///
  /// - Parameter p: never 0 or 1. Draws ask for (2k + 1) · 2⁻²⁴, k = 0 … 2²³ − 1, each as likely as any other: symmetric
  ///   about ½, and `1 - p` is exact. ``Truncated`` asks for numbers between these, too.
  func quantile(_ p: Float) -> Float
}

extension QuantileDistribution {
  // Inlinable, so that the loop is compiled for the conforming type in its own module, with `quantile` inside it; without
  // bounds checks, which cost as much as a square root and keep a plain formula from being made vectors of.
  @inlinable
  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    address.fillUniforms(&tile)
    unsafe tile.withUnsafeMutableBufferPointer { draws in
      for index in 0..<draws.count {
        unsafe draws[index] = quantile(draws[index])
      }
    }
  }
}
