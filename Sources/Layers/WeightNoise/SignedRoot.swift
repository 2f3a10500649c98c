import NoiseDistributions

/// f(ε) = sgn(ε)·√|ε| of a standard normal ε: the factors of factorised noise. Mean 0, variance E|ε| = √(2/π).
struct SignedRoot: NoiseDistribution {
  var mean: Double { 0 }
  var variance: Double { (2 / Double.pi).squareRoot() }

  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    address.fillGaussians(&tile)
    unsafe tile.withUnsafeMutableBufferPointer { draws in
      for index in 0..<draws.count {
        let draw = unsafe draws[index]
        unsafe draws[index] = Float(signOf: draw, magnitudeOf: draw.magnitude.squareRoot())
      }
    }
  }
}
