import CKernels
import DitherRuntime
import NoiseDistributions
import Synchronization

/// Uniform on 0…1 but for what `change` does to a tile of uniforms.
struct Changed: NoiseDistribution {
  var mean = 0.5
  var variance = 1.0 / 12
  var change: @Sendable (inout MutableSpan<Float>, NoiseAddress) -> Void = { _, _ in }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    address.fillUniforms(&tile)
    change(&tile, address)
  }
}

/// Uniform on 0…1 but for its quantile.
struct ChangedQuantile: QuantileDistribution {
  var mean = 0.5
  var variance = 1.0 / 12
  var change: @Sendable (Float) -> Float
  func quantile(_ p: Float) -> Float { change(p) }
}

/// Uniform on 0…1, with a cumulative probability of its own, and a quantile besides or none.
struct ChangedCumulative: CumulativeDistribution {
  var mean: Double { 0.5 }
  var variance: Double { 1.0 / 12 }
  var change: @Sendable (Double) -> Double
  func cumulativeProbability(_ x: Double) -> Double { change(x) }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    address.fillUniforms(&tile)
  }
}

/// A quantile and a cumulative probability that need not belong together.
struct Pair: QuantileDistribution, CumulativeDistribution {
  var mean: Double { .nan }
  var variance: Double { .nan }
  var inverse: @Sendable (Float) -> Float
  var cumulative: @Sendable (Double) -> Double
  func quantile(_ p: Float) -> Float { inverse(p) }
  func cumulativeProbability(_ x: Double) -> Double { cumulative(x) }
}

/// A Gaussian's draws, whatever quantile is said to be theirs.
struct DrawnOtherwise: QuantileDistribution {
  var mean: Double { 0 }
  var variance: Double { 1 }
  var inverse: @Sendable (Float) -> Float
  func quantile(_ p: Float) -> Float { inverse(p) }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    address.fillGaussians(&tile)
  }
}

/// Draws once more with every call.
final class Counting: NoiseDistribution {
  private let calls = Atomic(0)
  var mean: Double { 0.5 }
  var variance: Double { 1.0 / 12 }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    let call = calls.wrappingAdd(1, ordering: .relaxed).newValue
    address.plane(call % 128).fillUniforms(&tile)
  }
}

/// Writes all but the last element.
struct Unfinished: NoiseDistribution {
  var mean: Double { 0.5 }
  var variance: Double { 1.0 / 12 }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    let last = tile[tile.count - 1]
    address.fillUniforms(&tile)
    tile[tile.count - 1] = last
  }
}

/// Adds to what the tile holds.
struct Accumulating: NoiseDistribution {
  var mean: Double { 0.5 }
  var variance: Double { 1.0 / 12 }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    var held = [Float](repeating: 0, count: tile.count)
    for index in tile.indices { held[index] = tile[index] }
    address.fillUniforms(&tile)
    for index in tile.indices where held[index] > 0 { tile[index] += 1 }
  }
}

/// Outliers that the uniforms of the Gaussians' own plane choose: partners, which share their words, have them together.
/// Moments are nobody's guess.
struct SharedWords: NoiseDistribution {
  var mean: Double { .nan }
  var variance: Double { .nan }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    var choices = [Float](repeating: 0, count: tile.count)
    var span = choices.mutableSpan
    address.fillUniforms(&span)
    address.fillGaussians(&tile)
    for index in tile.indices where choices[index] < 0.5 { tile[index] *= 10 }
  }
}

/// A generator of its own, which is given less than the whole address.
struct Hashed: NoiseDistribution {
  var mean: Double { 0.5 }
  var variance: Double { 1.0 / 12 }
  /// Of key, step, row and column.
  var place: @Sendable (UInt64, Int, Int, Int) -> [UInt64]
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    for index in tile.indices {
      let parts = place(
        address.kernelAddress.key, address.step, address.row + index / address.columns,
        address.column + index % address.columns)
      var hash: UInt64 = 0
      for part in parts {
        // The finalizer of SplitMix64.
        hash = (hash ^ part) &+ 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ (hash &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash &>> 27)) &* 0x94D0_49BB_1331_11EB
        hash ^= hash &>> 31
      }
      tile[index] = Float(hash >> 41) * 0x1p-23 + 0x1p-24
    }
  }
}
