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
      var (a, b) = ([Float](), [Float]())
      for start in stride(from: 0, to: draws.count, by: 2 * lag) {
        a += draws[start..<start + lag]
        b += draws[start + lag..<start + 2 * lag]
      }
      return (a, b)
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

/// Which standardised function of two draws is compared: z, or (z² − 1) / √(κ − 1).
struct Standardised: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var distribution: any NoiseDistribution
  var greatest: Double
  var kurtosis: Double

  static let all = [
    Standardised(
      testDescription: "Gaussian", distribution: Gaussian(standardDeviation: 1), greatest: 6.6605,
      kurtosis: 3),
    Standardised(
      testDescription: "Uniform", distribution: Uniform(halfWidth: 1.7320508), greatest: 1.7321,
      kurtosis: 1.8),
    // One bit an element by 16-bit words, eight rows or 128 columns of which share a block.
    Standardised(
      testDescription: "SaltAndPepper",
      distribution: SaltAndPepper(rate: 0.5, low: -1.4142135, high: 1.4142135),
      greatest: 1.4143, kurtosis: 2),
  ]
}

@Suite("Draws at neighbouring addresses are independent")
struct IndependenceTests {
  // Two checks share the rate. Of 2^19 pairs of Gaussians it is always seen if draws have a correlation of 0.02, or their
  // squares one of 0.06.
  @Test(
    "Neither draws nor their squares are correlated", arguments: Neighbours.all, Standardised.all)
  func correlation(_ neighbours: Neighbours, _ standardised: Standardised) {
    let (a, b) = neighbours.pairs(standardised.distribution)
    #expect(a.count == 1 << 19 && b.count == a.count)
    var (products, squares) = (0.0, 0.0)
    for index in a.indices {
      let (x, y) = (Double(a[index]), Double(b[index]))
      products += x * y
      squares += (x * x - 1) * (y * y - 1)
    }
    let greatest = standardised.greatest * standardised.greatest
    let excess = standardised.kurtosis - 1
    let count = Double(a.count)
    #expect(
      abs(products / count)
        <= Threshold.mean(
          count: a.count, variance: 1, bound: greatest, rate: Threshold.failureRate / 2))
    #expect(
      abs(squares / count) / excess
        <= Threshold.mean(
          count: a.count, variance: 1, bound: max(1, (greatest - 1) * (greatest - 1) / excess),
          rate: Threshold.failureRate / 2))
  }
}
