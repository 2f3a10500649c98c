import DitherRuntime
import NoiseDistributions
import TestSupport
import Testing

@Suite("Shared draws are a smaller matrix of draws, spread over the elements")
struct SharingTests {
  static let sharings: [NoiseSharing] = [
    .perElement, .perRow, .perFeature, .blocks(of: 1), .blocks(of: 3), .blocks(of: 16),
    .blocks(of: 100), .blocks(of: 5000),
  ]
  static let shapes: [(rows: Int, columns: Int)] = [
    (40, 50), (21, 10), (9, 32), (5, 33), (3, 2500), (600, 8),
  ]

  /// The draws of a site by the documented table, through the public interface.
  static func spread(
    _ distribution: any NoiseDistribution, _ sharing: NoiseSharing, _ ruled: Ruled, slot: Int = 0
  ) -> [Float] {
    let (rows, columns) = (ruled.rows, ruled.columns)
    let whole = NoiseSharing.blocks(of: 1)
    var (first, drawnRows, drawnColumns) = (ruled.noise, rows, columns)
    var block = 1
    switch sharing {
    case .perElement, whole: break
    case .perRow: (drawnColumns, block) = (1, columns)
    case .perFeature: (drawnRows, first) = (1, ruled.noise.rows(from: 0))
    default:
      block = Int("\(sharing)".filter(\.isNumber))!
      drawnColumns = (columns + block - 1) / block
    }
    let draws = first.draws(
      from: distribution, site: Ruled.site, slot: slot, rows: drawnRows, columns: drawnColumns)
    return (0..<rows * columns).map {
      let (row, column) = ($0 / columns, $0 % columns)
      return draws[(drawnRows == 1 ? 0 : row) * drawnColumns + column / block]
    }
  }

  @Test(
    "Every rule takes the draws of the table", arguments: sharings, shapes)
  func rules(_ sharing: NoiseSharing, _ shape: (rows: Int, columns: Int)) {
    let distributions: [any NoiseDistribution] = [
      Gaussian(mean: 0.25, standardDeviation: 2), Uniform(halfWidth: 1),
      Bernoulli(probability: 0.3), Contaminated(share: 0.2),
    ]
    func ruled(_ rule: NoiseRule) -> Ruled {
      Ruled(
        rules: [rule.shared(sharing)], rows: shape.rows, columns: shape.columns,
        noise: Ruled.noise.rows(from: 3))
    }
    for distribution in distributions {
      let adding = ruled(.adding(distribution, scale: .fixed(0.3)))
      let x = adding.inputs
      let draws = Self.spread(distribution, sharing, adding)
      #expect(adding.forward(x) == zip(x, draws).map { $0.addingProduct(0.3, $1) })
      #expect(sameBits(adding.gradient(x), x))
      let multiplying = ruled(.multiplying(distribution))
      #expect(multiplying.forward(x) == zip(x, draws).map { $1 == 0 ? 0 : $0 * $1 })
      #expect(sameBits(multiplying.gradient(x), multiplying.forward(x)))
      let replacing = ruled(.replacing(distribution, rate: 1))
      #expect(replacing.forward(x) == draws)
    }
    let dropout = ruled(.dropout(rate: 0.4))
    let marks = Self.spread(Bernoulli(probability: 0.4), sharing, dropout)
    let keep = Float(1 / (1 - Bernoulli(probability: 0.4).mean))
    let x = dropout.inputs
    #expect(dropout.forward(x) == zip(x, marks).map { $1 == 1 ? 0 : $0 * keep })
    #expect(sameBits(dropout.gradient(x), dropout.forward(x)))
    let pepper = ruled(.replacing(SaltAndPepper(rate: 0.4)))
    let values = Self.spread(SaltAndPepper(rate: 0.4), sharing, pepper)
    #expect(pepper.forward(x) == zip(x, values).map { $1 == 0 ? $0 : $1 })
    #expect(pepper.gradient(x) == zip(x, values).map { $1 == 0 ? $0 : 0 })
  }

  @Test("What is replaced and what replaces it are shared by the same elements")
  func replacing() {
    let ruled = Ruled(
      rules: [.replacing(Uniform(halfWidth: 1), rate: 0.5).shared(.perRow)], rows: 400)
    let y = ruled.forward([Float](repeating: 7, count: 400 * 50))
    let rows = (0..<400).map { Set(y[$0 * 50..<$0 * 50 + 50]) }
    #expect(rows.allSatisfy { $0.count == 1 })
    #expect(rows.contains([7]) && Set(rows).count > 100)
  }

  @Test("Sharing per feature gives every part of the batch the same noise")
  func perFeature() {
    let rule = NoiseRule.adding(Gaussian(standardDeviation: 1)).shared(.perFeature)
    let first = Ruled(rules: [rule], rows: 1)
    let zeros = [Float](repeating: 0, count: 50)
    var later = first
    later.noise = Ruled.noise.rows(from: 1_000_003)
    #expect(sameBits(first.forward(zeros), later.forward(zeros)))
    later.noise = Ruled.noise.at(step: 6)
    #expect(first.forward(zeros) != later.forward(zeros))
  }

  static let everyRule: [NoiseRule] = [
    .adding(Gaussian(standardDeviation: 1)).shared(.perFeature),
    .multiplying(Contaminated(share: 0.1)).shared(.perRow),
    .replacing(Empirical(values: [1, 2, 3]), rate: 0.1).shared(.blocks(of: 7)),
    .alphaDropout(rate: 0.3).shared(.blocks(of: 2)), .dropout(rate: 0.005).shared(.perFeature),
    .addingShotNoise(scale: .fixed(0.1)), .gaussianDropout(rate: 0.1), .alphaDropout(rate: 0.01),
    .adding(Uniform(halfWidth: 1), scale: .relativeToSignal(0.5)),
    .adding(Gaussian(standardDeviation: 3), scale: .signalToNoiseRatio(decibels: 10)),
  ]

  @Test(
    "Bits are the same on every instruction set, at every thread count and split of the batch",
    arguments: zip(
      [(2000, 16), (300, 100), (40, 1500)],
      ["6be3459dab5076a9", "4f8723114f8559ae", "41ea02db0815b135"]))
  func reproducible(_ shape: (rows: Int, columns: Int), _ golden: String) {
    Ruled(rules: Self.everyRule, rows: shape.rows, columns: shape.columns)
      .expectReproducible(golden)
  }
}
