import Foundation
import NoiseDistributions
import TestSupport
import Testing

/// What a distribution function is at some places, by another implementation.
struct KnownProbabilities {
  var parameters: [Float]
  var places: [(x: Double, probability: Double)] = []

  /// The rows of the file of references that begin with `kind` and `count` parameters, by parameters.
  static func all(_ kind: String, parameters count: Int) throws -> [KnownProbabilities] {
    var found: [KnownProbabilities] = []
    for row in try references(kind, in: referenceFile()) {
      let parameters = row[1...count].map { Float($0)! }
      if found.last?.parameters != parameters {
        found.append(KnownProbabilities(parameters: parameters))
      }
      found[found.count - 1].places.append((Double(row[count + 1])!, Double(row[count + 2])!))
    }
    return found
  }

  /// Expects the share of the draws that lie at or below each place to be the probability: the distance is at most that of
  /// Kolmogorov and Smirnov, so their threshold holds.
  func expectShares(of draws: [Float], sourceLocation: SourceLocation = #_sourceLocation) {
    let sorted = draws.sorted()
    let threshold = Threshold.distribution(count: draws.count, rate: Threshold.failureRate)
    for (x, probability) in places {
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if Double(sorted[middle]) <= x { low = middle + 1 } else { high = middle }
      }
      let share = Double(low) / Double(sorted.count)
      #expect(
        abs(share - probability) <= threshold, "\(parameters) at \(x)",
        sourceLocation: sourceLocation)
    }
  }
}

func referenceFile() throws -> URL {
  try #require(
    Bundle.module.url(forResource: "references", withExtension: "txt", subdirectory: "Resources"))
}

/// The two uniform draws of each element of a matrix, from its words: rounded as the draws round them, else a formula near
/// its singular points could not be compared.
struct Uniforms {
  /// (k + ½) · 2⁻³¹ of the upper bits of the word in plane 0.
  var fine: [Double] = []
  /// ±(k + ½) · 2⁻³² of the word in plane 1: the distance from the end of 0…1 that the sign stands for.
  var distances: [Double] = []

  init(_ address: NoiseAddress) {
    func words(_ plane: Int) -> [UInt32] {
      var words = [UInt32](repeating: 0, count: address.rows * address.columns)
      var span = words.mutableSpan
      address.plane(plane).fillWords(&span)
      return words
    }
    fine = words(0).map { Double(min(Float($0 >> 1) * 0x1p-31 + 0x1p-32, 1 - 0x1p-24)) }
    distances = words(1).map { word in
      (word >> 31 == 0 ? 1 : -1) * Double(Float(word & 0x7FFF_FFFF) * 0x1p-32 + 0x1p-33)
    }
  }
}

/// Expects the same bits on every instruction set, at several thread counts and of a part of the batch; and the golden
/// hash of 2²⁰ draws, wide and narrow.
func expectGolden(_ distribution: some NoiseDistribution, wide: String, narrow: String) {
  for (rows, columns, golden) in [(1 << 10, 1 << 10, wide), (1 << 16, 16, narrow)] {
    let noise = NoiseStream(seed: 7).at(step: 9)
    let reference = expectSameBits(
      of: { noise.draws(from: distribution, site: "heavy", rows: rows, columns: columns) },
      "\(distribution), \(columns) columns, ", threads: [2, 7])
    #expect(hash(reference) == golden, "\(distribution), \(columns) columns")
    let part = noise.rows(from: 5).draws(
      from: distribution, site: "heavy", rows: 100, columns: columns)
    #expect(sameBits(part, Array(reference[(5 * columns)..<(105 * columns)])))
  }
}
