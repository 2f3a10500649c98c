import NoiseDistributions

/// A distribution of a user's own, by its quantile, through the public interface alone.
package struct Triangular: QuantileDistribution {
  package var halfWidth: Float
  package var mean: Double { 0 }
  package var variance: Double { Double(halfWidth * halfWidth) / 6 }

  package init(halfWidth: Float) { self.halfWidth = halfWidth }

  package func quantile(_ p: Float) -> Float {
    p < 0.5
      ? halfWidth * ((2 * p).squareRoot() - 1)
      : halfWidth * (1 - (2 * (1 - p)).squareRoot())
  }
}
