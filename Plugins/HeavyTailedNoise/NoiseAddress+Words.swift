import NoiseDistributions

// Uniform draws whose steps grow finer towards 0: tails are made of the smallest of them, and the 2²³ values of
// `fillUniforms` would end them at a probability of 10⁻⁷.
extension NoiseAddress {
  /// Fills the tile with u = (k + ½) · 2⁻³¹, k the word's upper 31 bits, rounded to a `Float`: 2⁻³² … 1 − 2⁻²⁴.
  func fillFineUniforms(_ tile: inout MutableSpan<Float>) {
    fill(&tile) { word in
      min(Float(Int32(word >> 1)) * 0x1p-31 + 0x1p-32, 1 - 0x1p-24)
    }
  }

  /// Fills the tile with v = ±(k + ½) · 2⁻³², k the word's lower 31 bits, the sign its highest: the distance of a
  /// uniform draw from the nearer end of 0…1, and which end that is. |v| is rounded to a `Float`, ½ at most.
  func fillDistancesFromEnds(_ tile: inout MutableSpan<Float>) {
    fill(&tile) { word in
      let distance = Float(Int32(word & 0x7FFF_FFFF)) * 0x1p-32 + 0x1p-33
      return Float(bitPattern: distance.bitPattern | word & 0x8000_0000)
    }
  }

  @inline(__always)
  private func fill(_ tile: inout MutableSpan<Float>, _ draw: (UInt32) -> Float) {
    var words = [UInt32](repeating: 0, count: tile.count)
    var span = words.mutableSpan
    fillWords(&span)
    unsafe tile.withUnsafeMutableBufferPointer { draws in
      unsafe words.withUnsafeBufferPointer { words in
        for index in 0..<words.count { unsafe draws[index] = draw(words[index]) }
      }
    }
  }
}
