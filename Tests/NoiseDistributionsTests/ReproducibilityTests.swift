import NoiseDistributions
import TestSupport
import Testing

/// A matrix of draws and the hash of its bits in stream version 1.
struct Golden: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var distribution: any NoiseDistribution
  var wide: String
  var narrow: String

  static let all = [
    Golden(
      testDescription: "Gaussian", distribution: Gaussian(mean: 0.5, standardDeviation: 2),
      wide: "9bdf9310a2f8fd05", narrow: "92d24e673ea488f6"),
    Golden(
      testDescription: "Uniform", distribution: Uniform(low: -1, high: 3),
      wide: "c27a097a3b0c4354", narrow: "a3caeb87d49fe8b0"),
    Golden(
      testDescription: "LogNormal", distribution: LogNormal.unitMean(logStandardDeviation: 0.5),
      wide: "b1ad015536c2adef", narrow: "7586332a1b9a7df3"),
    Golden(
      testDescription: "Bernoulli, 16 bits", distribution: Bernoulli(probability: 0.3),
      wide: "412e23f3af56d45d", narrow: "ab39bf4d64ebcc8e"),
    Golden(
      testDescription: "Bernoulli, 32 bits", distribution: Bernoulli(probability: 0.001),
      wide: "3cf8ef76b1417f42", narrow: "3b5388d43cbb35a3"),
    Golden(
      testDescription: "SaltAndPepper", distribution: SaltAndPepper(rate: 0.2),
      wide: "97412458319a8f6", narrow: "3b49d8e83b69a43b"),
    Golden(
      testDescription: "Laplace", distribution: Laplace(scale: 0.5), wide: "b1021860e95d7855",
      narrow: "a2a1a468f0ef43f4"),
    Golden(
      testDescription: "Logistic", distribution: Logistic(scale: 0.5), wide: "21070fdf6c284fd5",
      narrow: "eb7e2290388e83eb"),
    Golden(
      testDescription: "Triangular", distribution: Triangular(low: -1, mode: 0.25, high: 3),
      wide: "34378d5edbafc7c9", narrow: "5f13987b02b61bd4"),
    Golden(
      testDescription: "Exponential", distribution: Exponential(scale: 0.5),
      wide: "beb2599c533b6aad", narrow: "2def1eb11c8a6fed"),
    Golden(
      testDescription: "Rademacher", distribution: Rademacher(), wide: "4911c57e80902b56",
      narrow: "3d58c8ff57ccfe97"),
    Golden(
      testDescription: "Impulse", distribution: Impulse(value: 2.5, probability: 0.1),
      wide: "cdbf0d375591501a",
      narrow: "2dca9b4db79a8197"),
    Golden(
      testDescription: "Poisson", distribution: Poisson(rate: 20), wide: "238f44e059bc14a0",
      narrow: "7872c3920342af37"),
    Golden(
      testDescription: "Mixture",
      distribution: Mixture(
        Gaussian(standardDeviation: 1),
        Mixture(Laplace(scale: 4), Constant(value: 9), weight: 0.5), weight: 0.9),
      wide: "62b222a9847f556e", narrow: "559f67b12fd72d01"),
    Golden(
      testDescription: "Truncated",
      distribution: Truncated(Gaussian(mean: 0.5, standardDeviation: 2), low: -1, high: 4),
      wide: "6ab6730a6686cde2", narrow: "9ddfb67591da4571"),
    Golden(
      testDescription: "Tent (defined in the tests)", distribution: Tent(halfWidth: 2),
      wide: "41df960ddda0d798", narrow: "cb367181791b9e5e"),
    Golden(
      testDescription: "Empirical (defined in the tests)",
      distribution: Empirical(values: (0..<1000).map { Float($0 * $0 % 997) }),
      wide: "f6a21089ad2befc", narrow: "bb1f010e00987904"),
    Golden(
      testDescription: "Contaminated (defined in the tests)",
      distribution: Contaminated(share: 0.1),
      wide: "42feb9b818f3cf6e", narrow: "6a329fde793a3c35"),
  ]
}

@Suite("The same address gives the same bits")
struct ReproducibilityTests {
  static let noise = NoiseStream(seed: 0x0123_4567_89AB_CDEF).at(step: 77)

  func draws(
    _ distribution: any NoiseDistribution, _ noise: NoiseStream = noise, rows: Int, columns: Int
  ) -> [Float] {
    noise.draws(from: distribution, site: "encoder.0.input", slot: 1, rows: rows, columns: columns)
  }

  @Test("2^20 draws are those of stream version 1", arguments: Golden.all)
  func golden(_ golden: Golden) {
    #expect(NoiseStream.version == 1)
    #expect(hash(draws(golden.distribution, rows: 1024, columns: 1024)) == golden.wide)
    #expect(hash(draws(golden.distribution, rows: 1 << 16, columns: 16)) == golden.narrow)
  }

  @Test(
    "Instruction sets and thread counts give the same bits", arguments: Golden.all,
    [(rows: 1024, columns: 1024), (rows: 1 << 16, columns: 16)])
  func execution(_ golden: Golden, _ shape: (rows: Int, columns: Int)) {
    expectSameBits(
      of: { draws(golden.distribution, rows: shape.rows, columns: shape.columns) },
      threads: [1, 2, 3, 7])
  }

  @Test(
    "Parts of a batch draw the rows of the whole", arguments: Golden.all,
    [1, 3, 16, 31, 32, 33, 64, 100, 129, 784])
  func parts(_ golden: Golden, _ columns: Int) {
    let rows = 200
    let whole = draws(golden.distribution, rows: rows, columns: columns)
    var random = SplitMix(state: UInt64(columns))
    var found: [Float] = []
    var first = 0
    while first < rows {
      let count = Int.random(in: 1...min(37, rows - first), using: &random)
      found += draws(
        golden.distribution, Self.noise.rows(from: first), rows: count, columns: columns)
      first += count
    }
    #expect(sameBits(found, whole))
  }

  @Test("A tile of its own holds the draws of the whole", arguments: Golden.all, [16, 33, 100])
  func address(_ golden: Golden, _ columns: Int) {
    let whole = draws(golden.distribution, rows: 50, columns: columns)
    var tile = [Float](repeating: .nan, count: 20 * columns)
    let address = Self.noise.rows(from: 13).address(
      of: "encoder.0.input", slot: 1, rows: 20, columns: columns)
    var span = tile.mutableSpan
    golden.distribution.fill(&span, at: address)
    #expect(sameBits(tile, [Float](whole[13 * columns..<33 * columns])))
  }

  @Test("The width of a matrix matters only by being at most 32, or more")
  func widths() {
    for (narrower, wider) in [(1, 32), (5, 17), (33, 1000), (128, 129)] {
      let a = draws(Gaussian(standardDeviation: 1), rows: 9, columns: narrower)
      let b = draws(Gaussian(standardDeviation: 1), rows: 9, columns: wider)
      for row in 0..<9 {
        #expect(
          a[row * narrower..<(row + 1) * narrower] == b[row * wider..<row * wider + narrower])
      }
    }
    let narrow = draws(Gaussian(standardDeviation: 1), rows: 9, columns: 32)
    let wide = draws(Gaussian(standardDeviation: 1), rows: 9, columns: 33)
    // Gaussians share no value but by chance: 2¹⁶ pairs of draws of some 2²⁴ values.
    #expect(Set(narrow).intersection(wide).count < 8)
  }

  @Test("The last rows of the greatest batch and the last columns of the widest matrix are drawn")
  func greatest() {
    let last = Self.noise.rows(from: NoiseStream.maximumRows - 1)
    let row = draws(Gaussian(standardDeviation: 1), last, rows: 1, columns: 100)
    #expect(
      row.allSatisfy(\.isFinite)
        && row != draws(Gaussian(standardDeviation: 1), rows: 1, columns: 100))
    #expect(draws(Bernoulli(probability: 0.5), rows: 0, columns: 5).isEmpty)
    #expect(draws(Bernoulli(probability: 0.5), rows: 5, columns: 0).isEmpty)
  }
}

/// Splits for tests, the same in every run (Steele, Lea, Flood: SplitMix64, 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }
}
