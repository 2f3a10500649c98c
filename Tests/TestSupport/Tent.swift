import NoiseDistributions

/// A distribution of a user's own, by its quantile, through the public interface alone: the symmetric triangular one.
package struct Tent: QuantileDistribution {
  package var halfWidth: Float
  package var mean: Double { 0 }
  package var variance: Double { Double(halfWidth * halfWidth) / 6 }

  package init(halfWidth: Float) { self.halfWidth = halfWidth }

  package func quantile(_ p: Float) -> Float {
    let tail = (2 * min(p, 1 - p)).squareRoot()
    return Float(signOf: p - 0.5, magnitudeOf: halfWidth * (1 - tail))
  }
}
