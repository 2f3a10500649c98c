import NoiseDistributions

/// The symmetric triangular distribution about 0, as the documentation shows it.
struct Tent: QuantileDistribution {
  var halfWidth: Float
  var mean: Double { 0 }
  var variance: Double { Double(halfWidth * halfWidth) / 6 }

  init(standardDeviation: Float) { halfWidth = standardDeviation * Float(6).squareRoot() }

  func quantile(_ p: Float) -> Float {
    let tail = (2 * min(p, 1 - p)).squareRoot()
    return Float(signOf: p - 0.5, magnitudeOf: halfWidth * (1 - tail))
  }
}

/// The logistic distribution about 0, as a user would write it.
struct CustomLogistic: QuantileDistribution {
  var scale: Float
  var mean: Double { 0 }
  var variance: Double { Double(scale * scale) * .pi * .pi / 3 }

  init(standardDeviation: Float) { scale = standardDeviation * Float(3).squareRoot() / .pi }

  func quantile(_ p: Float) -> Float { scale * ReproducibleMath.log(p / (1 - p)) }
}

/// The same, with the logarithm of a whole tile at a time.
struct LogisticByTile: NoiseDistribution {
  var scale: Float
  var mean: Double { 0 }
  var variance: Double { Double(scale) * Double(scale) * .pi * .pi / 3 }

  init(standardDeviation: Float) {
    scale = CustomLogistic(standardDeviation: standardDeviation).scale
  }

  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    address.fillUniforms(&tile)
    for index in tile.indices { tile[index] /= 1 - tile[index] }
    ReproducibleMath.log(&tile)
    for index in tile.indices { tile[index] *= scale }
  }
}
