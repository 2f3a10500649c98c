import NoiseDistributions

/// Holds an array, so that every thread's copy refers to one shared storage.
struct Empirical: QuantileDistribution {
  var values: [Float]
  var mean: Double { values.reduce(0) { $0 + Double($1) } / Double(values.count) }
  var variance: Double {
    values.reduce(0) { $0 + Double($1) * Double($1) } / Double(values.count) - mean * mean
  }
  func quantile(_ p: Float) -> Float { values[Int(p * Float(values.count))] }
}

/// An elementary function of each number.
struct CustomLogistic: QuantileDistribution {
  var scale: Float
  var mean: Double { 0 }
  var variance: Double { Double(scale * scale) * .pi * .pi / 3 }
  func quantile(_ p: Float) -> Float { scale * ReproducibleMath.log(p / (1 - p)) }
}

/// The same by functions over a tile.
struct TiledLogistic: NoiseDistribution {
  var scale: Float
  var mean: Double { 0 }
  var variance: Double { CustomLogistic(scale: scale).variance }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    address.fillUniforms(&tile)
    for index in tile.indices { tile[index] /= 1 - tile[index] }
    ReproducibleMath.log(&tile)
    for index in tile.indices { tile[index] *= scale }
  }
}

/// A normal distribution with outliers: three planes, one of them handed to another distribution.
struct Contaminated: NoiseDistribution {
  var share: Float
  var mean: Double { 0 }
  var variance: Double { Double(1 - share) + Double(share) * 100 }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    var choices = [Float](repeating: 0, count: tile.count)
    var outliers = choices
    var span = choices.mutableSpan
    address.plane(1).fillUniforms(&span)
    span = outliers.mutableSpan
    Gaussian(standardDeviation: 10).fill(&span, at: address.plane(2))
    address.fillGaussians(&tile)
    for index in tile.indices where choices[index] < share { tile[index] = outliers[index] }
  }
}

/// No draw at all: each element says where it lies, row · 2¹² + column.
struct Places: NoiseDistribution {
  var mean: Double { .nan }
  var variance: Double { .nan }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    for row in 0..<address.rows {
      for column in 0..<address.columns {
        tile[row * address.columns + column] =
          Float((address.row + row) * 4096 + address.column + column)
      }
    }
  }
}

/// Writes every other element, and reads what it does not write.
struct Forgetful: NoiseDistribution {
  var mean: Double { .nan }
  var variance: Double { .nan }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    for index in tile.indices where (address.column + index % address.columns) % 2 == 0 {
      tile[index] += 1
    }
  }
}
