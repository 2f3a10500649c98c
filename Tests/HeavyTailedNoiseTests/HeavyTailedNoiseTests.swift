import Foundation
import HeavyTailedNoise
import NoiseDistributions
import TestSupport
import Testing

@Suite("Heavy-tailed noise")
struct HeavyTailedNoiseTests {
  static let shapes = [(rows: 1 << 10, columns: 1 << 10), (rows: 1 << 16, columns: 16)]

  static let cauchy = KnownDistribution(
    "Cauchy", Cauchy(scale: 2), moments: [], bound: .infinity,
    probability: { 0.5 + atan($0 / 2) / .pi })

  // Two checks share the rate. Of 2^20 draws it is always seen if the probability of any half-line is off by 0.0065, or
  // if the probabilities of the bins are off by 3 % each.
  @Test("The distribution functions are the stated ones", arguments: [cauchy], shapes)
  func distribution(_ known: KnownDistribution, _ shape: (rows: Int, columns: Int)) {
    known.expectProbabilities(of: known.draws(rows: shape.rows, columns: shape.columns))
  }

  @Test("Quantiles are SciPy's to within 4 units in the last place, to the ends of the tails")
  func quantiles() throws {
    let file = try #require(
      Bundle.module.url(
        forResource: "references", withExtension: "txt", subdirectory: "Resources"))
    let distributions: [(String, any QuantileDistribution)] = [("cauchy", Cauchy(scale: 1))]
    for (name, distribution) in distributions {
      let rows = try references(name, in: file)
      #expect(rows.count == 22)
      for row in rows {
        let (p, expected) = (Float(row[1])!, Double(row[2])!)
        let found = Double(distribution.quantile(p))
        #expect(
          abs(found - expected) <= 4 * Double(Float(expected).ulp), "\(name) at \(p)")
      }
    }
  }

  @Test("Draws of p and 1 - p are each other's negative: the mean is exact")
  func symmetry() {
    for number in stride(from: 1, to: 1 << 23, by: 4098) {
      let p = Float(number) / 0x1p24
      #expect(Cauchy(scale: 0.7).quantile(p) == -Cauchy(scale: 0.7).quantile(1 - p))
    }
    #expect(Cauchy(scale: 1).mean.isNaN && Cauchy(scale: 1).variance.isNaN)
  }

  @Test(
    "Draws are those of stream version 1, on every instruction set, at any thread count and split")
  func golden() {
    expectGolden(Cauchy(scale: 2), wide: "954dbad42317c51c", narrow: "ab99b6e48cd3cedf")
  }

  @Test("Text names both distributions, once the module has added them to a catalog")
  func text() throws {
    var catalog = NoiseCatalog.standard
    #expect(throws: NoiseTextError.self) { try catalog.distribution("cauchy:2") }
    catalog.addHeavyTailedNoise()
    #expect(try catalog.distribution("cauchy:2") as? Cauchy == Cauchy(scale: 2))
    #expect(try catalog.text(of: .adding(Laplace(scale: 0.5))) == "adding(laplace:0.5)")
    #expect(throws: NoiseTextError.self) { try catalog.rule("adding(laplace:-1)") }
  }

  @Test("A scale that is negative or not finite stops the program and is named")
  func misuse() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Cauchy(scale: -1) }
    expect(result, says: "Cauchy: scale is -1.0; expected a finite number, 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Cauchy(scale: .nan) }
    expect(result, says: "Cauchy: scale is nan; expected a finite number, 0 or more")
  }
}
