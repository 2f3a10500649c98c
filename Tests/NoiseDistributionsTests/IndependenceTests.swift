import NoiseDistributions
import TestSupport
import Testing

/// Two sets of draws that neighbouring addresses give: as pairs, (a[i], b[i]).
struct Neighbours: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var pairs: @Sendable (any NoiseDistribution) -> (a: [Float], b: [Float])

  /// Pairs of the draws of two streams at the same place.
  static func streams(
    _ name: String, _ a: NoiseStream, _ b: NoiseStream,
    sites: (String, String) = ("0.input", "0.input"),
    slots: (Int, Int) = (0, 0), columns: Int = 1024
  ) -> Neighbours {
    Neighbours(testDescription: name) { distribution in
      let rows = (1 << 19) / columns
      return (
        a.draws(from: distribution, site: sites.0, slot: slots.0, rows: rows, columns: columns),
        b.draws(from: distribution, site: sites.1, slot: slots.1, rows: rows, columns: columns)
      )
    }
  }

  /// Pairs of one matrix's draws: those `lag` elements apart, each in one pair alone.
  static func lag(_ name: String, _ lag: Int, columns: Int) -> Neighbours {
    Neighbours(testDescription: name) { distribution in
      let draws = NoiseStream(seed: 5).draws(
        from: distribution, site: "0.input", rows: (1 << 20) / columns, columns: columns)
      return neighbours(in: draws, apart: lag)
    }
  }

  private static let noise = NoiseStream(seed: 5)

  static let all = [
    streams("seeds 5 and 6", noise, NoiseStream(seed: 6)),
    streams("seeds 5 and 5 + 2^32", noise, NoiseStream(seed: 5 + 1 << 32)),
    streams("steps 0 and 1", noise, noise.at(step: 1)),
    streams("steps 0 and 2^32", noise, noise.at(step: 1 << 32)),
    streams("domains", noise.in(.training), noise.in(.sampling)),
    streams("sites 0.input and 0.output", noise, noise, sites: ("0.input", "0.output")),
    streams("sites 0 and 00", noise, noise, sites: ("0", "00")),
    streams("slots 0 and 1", noise, noise, slots: (0, 1)),
    streams("domain and slot swapped", noise.in(.training), noise.in(.sampling), slots: (2, 1)),
    streams("parts of a batch", noise, noise.rows(from: 512)),
    streams("parts of a narrow batch", noise, noise.rows(from: 1 << 15), columns: 16),
    lag("neighbouring columns", 1, columns: 1024),
    lag("columns 16 apart, which share words", 16, columns: 1024),
    lag("columns 32 apart, of one block", 32, columns: 1024),
    lag("columns 64 apart", 64, columns: 1024),
    lag("neighbouring rows", 1024, columns: 1024),
    lag("neighbouring columns of a narrow matrix", 1, columns: 16),
    lag("neighbouring rows of a narrow matrix, which share words", 16, columns: 16),
    lag("rows 2 apart of a narrow matrix, of one block", 32, columns: 16),
    lag("rows 4 apart of a narrow matrix", 64, columns: 16),
    lag("neighbouring rows of one column", 1, columns: 1),
  ]
}

@Suite("Draws at neighbouring addresses are independent")
struct IndependenceTests {
  // Compared are z and (z² − 1) / √(κ − 1), with the kurtosis κ, of z = (draw − mean) / standard deviation. Two checks
  // share the rate. Of 2^19 pairs of Gaussians it is always seen if draws have a correlation of 0.02, or their squares one
  // of 0.06.
  @Test(
    "Neither draws nor their squares are correlated", arguments: Neighbours.all,
    KnownDistribution.all)
  func correlation(_ neighbours: Neighbours, _ known: KnownDistribution) {
    let (a, b) = neighbours.pairs(known.distribution)
    #expect(a.count == 1 << 19 && b.count == a.count)
    let mean = known.distribution.mean
    let deviation = known.distribution.variance.squareRoot()
    let (products, squares) = sumsOfProducts(a, b, mean: mean, deviation: deviation)
    let greatest = known.bound * known.bound
    let excess = known.moments[4] - 1
    let count = Double(a.count)
    #expect(
      abs(products / count)
        <= Threshold.mean(
          count: a.count, variance: 1, bound: greatest, rate: Threshold.failureRate / 2))
    // The squares of a random sign are all 1.
    if excess == 0 {
      #expect(squares == 0)
      return
    }
    #expect(
      abs(squares / count) / excess
        <= Threshold.mean(
          count: a.count, variance: 1, bound: max(1, (greatest - 1) * (greatest - 1) / excess),
          rate: Threshold.failureRate / 2))
  }
}
