import HeavyTailedNoise
import NoiseDistributions
import TestSupport
import Testing

/// A distribution without the moments that a correlation of its draws would need, as the ranks of its draws.
struct Ranked: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var distribution: any NoiseDistribution
  /// The octiles, from the draws of another seed.
  private var octiles: [Float]

  init(_ distribution: any NoiseDistribution) {
    self.distribution = distribution
    testDescription = "\(distribution)"
    let sorted = NoiseStream(seed: 1 << 40).draws(
      from: distribution, site: "octiles", rows: 1 << 10, columns: 1 << 8
    ).sorted()
    octiles = (1...7).map { sorted[$0 * sorted.count / 8] }
  }

  static let all = [
    Ranked(Cauchy(scale: 2)), Ranked(StudentT(degreesOfFreedom: 1.5)),
    Ranked(AlphaStable(stability: 1.5, skewness: 0.5)),
    Ranked(AlphaStable(stability: 0.5, skewness: 1)),
  ]

  /// Draws with each replaced by −7, −5 … 7, by the eighth of the distribution that it lies in.
  func ranks(
    _ noise: NoiseStream, site: String = "0.input", slot: Int = 0, columns: Int = 1024
  ) -> [Float] {
    noise.draws(
      from: distribution, site: site, slot: slot, rows: Self.count / columns, columns: columns
    ).map { (draw: Float) -> Float in
      var rank: Float = -7
      for octile in octiles where draw > octile { rank += 2 }
      return rank
    }
  }

  static let count = 1 << 18
}

/// Two sets of draws that neighbouring addresses give.
struct NeighbouringAddresses: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var pairs: @Sendable (Ranked) -> (a: [Float], b: [Float])

  static func lag(_ name: String, _ lag: Int, columns: Int) -> NeighbouringAddresses {
    NeighbouringAddresses(testDescription: name) {
      neighbours(in: $0.ranks(NoiseStream(seed: 5), columns: columns), apart: lag)
    }
  }

  static let all = [
    NeighbouringAddresses(testDescription: "seeds 5 and 6") {
      ($0.ranks(NoiseStream(seed: 5)), $0.ranks(NoiseStream(seed: 6)))
    },
    NeighbouringAddresses(testDescription: "steps 0 and 1") {
      ($0.ranks(NoiseStream(seed: 5)), $0.ranks(NoiseStream(seed: 5).at(step: 1)))
    },
    NeighbouringAddresses(testDescription: "domains") {
      ($0.ranks(NoiseStream(seed: 5)), $0.ranks(NoiseStream(seed: 5).in(.sampling)))
    },
    NeighbouringAddresses(testDescription: "sites") {
      ($0.ranks(NoiseStream(seed: 5)), $0.ranks(NoiseStream(seed: 5), site: "0.output"))
    },
    NeighbouringAddresses(testDescription: "slots") {
      ($0.ranks(NoiseStream(seed: 5)), $0.ranks(NoiseStream(seed: 5), slot: 1))
    },
    lag("neighbouring columns", 1, columns: 1024),
    lag("columns 16 apart, of one block", 16, columns: 1024),
    lag("neighbouring rows", 1024, columns: 1024),
    lag("neighbouring columns of a narrow matrix", 1, columns: 16),
    lag("neighbouring rows of a narrow matrix, of one block", 16, columns: 16),
  ]
}

@Suite("Heavy-tailed draws at neighbouring addresses are independent")
struct IndependenceTests {
  // Compared are the ranks z and how far out they lie, (z² − 1) / √(κ − 1) with the kurtosis κ of eight equally likely ranks, both
  // of variance 1 and at most 1.53 in size. Two checks share the rate. The octiles are those of 2^18 draws, and each off by a
  // probability of 0.0064 at most (Dvoretzky, Kiefer and Wolfowitz, at the same rate): E z by 0.02, E z² so scaled by 0.034, and
  // their squares, which are what correlation that makes, by 0.0012; as much again is for the variances. Of 2^17 pairs a rank
  // correlation of 0.04 is always seen.
  @Test(
    "Neither ranks nor distances from the median are correlated",
    arguments: NeighbouringAddresses.all, Ranked.all)
  func correlation(_ addresses: NeighbouringAddresses, _ ranked: Ranked) {
    let (a, b) = addresses.pairs(ranked)
    #expect(a.count == b.count && a.count >= Ranked.count / 2)
    #expect(Set(a).count == 8 && Set(b).count == 8)
    // Mean squares of −7, −5 … 7: 21; of its fourth powers: 777.
    let excess = 777.0 / (21 * 21) - 1
    let (products, squares) = sumsOfProducts(a, b, mean: 0, deviation: 21.0.squareRoot())
    let threshold = Threshold.mean(
      count: a.count, variance: 1, bound: 49.0 / 21, rate: Threshold.failureRate / 2)
    #expect(abs(products) / Double(a.count) <= threshold + 0.0025)
    #expect(abs(squares) / excess / Double(a.count) <= threshold + 0.0025)
  }
}
