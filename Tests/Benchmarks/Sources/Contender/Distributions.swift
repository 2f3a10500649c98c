import NoiseDistributions

/// The symmetric triangular distribution about 0, as a user would write it.
struct Triangular: QuantileDistribution {
  var halfWidth: Float
  var mean: Double { 0 }
  var variance: Double { Double(halfWidth * halfWidth) / 6 }

  init(standardDeviation: Float) { halfWidth = standardDeviation * Float(6).squareRoot() }

  func quantile(_ p: Float) -> Float {
    p < 0.5
      ? halfWidth * ((2 * p).squareRoot() - 1)
      : halfWidth * (1 - (2 * (1 - p)).squareRoot())
  }
}

/// The logistic distribution about 0, as a user would write it.
struct Logistic: QuantileDistribution {
  var scale: Float
  var mean: Double { 0 }
  var variance: Double { Double(scale * scale) * .pi * .pi / 3 }

  init(standardDeviation: Float) { scale = standardDeviation * Float(3).squareRoot() / .pi }

  func quantile(_ p: Float) -> Float { scale * ReproducibleMath.log(p / (1 - p)) }
}
