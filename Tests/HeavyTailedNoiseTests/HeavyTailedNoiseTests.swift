import DitherRuntime
import Foundation
import HeavyTailedNoise
import NoiseDistributions
import TestSupport
import Testing

@Suite("Heavy-tailed noise")
struct HeavyTailedNoiseTests {
  static let shapes = [(rows: 1 << 10, columns: 1 << 10), (rows: 1 << 16, columns: 16)]

  // E |x|ᵏ = k! at scale 1; the greatest draw is 24·ln 2 - ln 2.
  static let laplace = KnownDistribution(
    "Laplace", Laplace(scale: 0.5),
    moments: [1, 0, 1, 0, 24 / 4, 0, 720 / 8, 0, 40320 / 16], bound: 15.943 / 2.0.squareRoot(),
    probability: { $0 < 0 ? Foundation.exp(2 * $0) / 2 : 1 - Foundation.exp(-2 * $0) / 2 })

  static let cauchy = KnownDistribution(
    "Cauchy", Cauchy(scale: 2), moments: [], bound: .infinity,
    probability: { 0.5 + atan($0 / 2) / .pi })

  // What is always seen of 2^20 draws: a mean off by 0.014 standard deviations, a variance off by 3 %, a kurtosis off by
  // 0.95 (of 6).
  @Test("Laplace's mean, variance, skew and kurtosis are the stated ones", arguments: shapes)
  func moments(_ shape: (rows: Int, columns: Int)) {
    Self.laplace.expectMoments(of: Self.laplace.draws(rows: shape.rows, columns: shape.columns))
  }

  // Two checks share the rate. Of 2^20 draws it is always seen if the probability of any half-line is off by 0.0065, or
  // if the probabilities of the bins are off by 3 % each.
  @Test("The distribution functions are the stated ones", arguments: [laplace, cauchy], shapes)
  func distribution(_ known: KnownDistribution, _ shape: (rows: Int, columns: Int)) {
    known.expectProbabilities(of: known.draws(rows: shape.rows, columns: shape.columns))
  }

  @Test("Quantiles are SciPy's to within 4 units in the last place, to the ends of the tails")
  func quantiles() throws {
    let file = try #require(
      Bundle.module.url(
        forResource: "references", withExtension: "txt", subdirectory: "Resources"))
    let distributions: [(String, any QuantileDistribution)] = [
      ("laplace", Laplace(scale: 1)), ("cauchy", Cauchy(scale: 1)),
    ]
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
    let variance = try #require(try references("laplace-variance", in: file).first)
    #expect(abs(Laplace(scale: 3).variance / 9 - Double(variance[1])!) < 1e-12)
  }

  @Test("Draws of p and 1 - p are each other's negative: the mean is exact")
  func symmetry() {
    for number in stride(from: 1, to: 1 << 23, by: 4098) {
      let p = Float(number) / 0x1p24
      #expect(Laplace(scale: 0.7).quantile(p) == -Laplace(scale: 0.7).quantile(1 - p))
      #expect(Cauchy(scale: 0.7).quantile(p) == -Cauchy(scale: 0.7).quantile(1 - p))
    }
    #expect(Laplace(scale: 1).mean == 0)
    #expect(Cauchy(scale: 1).mean.isNaN && Cauchy(scale: 1).variance.isNaN)
  }

  @Test(
    "Draws are those of stream version 1, on every instruction set and at any thread count",
    arguments: [
      (Laplace(scale: 0.5) as any NoiseDistribution, "e4f71f60f3ec2955", "8cd932f81113dba5"),
      (Cauchy(scale: 2), "954dbad42317c51c", "ab99b6e48cd3cedf"),
    ])
  func golden(_ distribution: any NoiseDistribution, _ wide: String, _ narrow: String) {
    for (rows, columns, golden) in [(1 << 10, 1 << 10, wide), (1 << 16, 16, narrow)] {
      func draws() -> [Float] {
        NoiseStream(seed: 7).at(step: 9).draws(
          from: distribution, site: "heavy", rows: rows, columns: columns)
      }
      let reference = withThreads(1) { draws() }
      #expect(hash(reference) == golden)
      for instructionSet in InstructionSet.available {
        for threads in [2, 7] {
          withInstructionSet(instructionSet) {
            withThreads(threads) { #expect(sameBits(draws(), reference)) }
          }
        }
      }
    }
  }

  @Test("A scale that is negative or not finite stops the program and is named")
  func misuse() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Laplace(scale: -1) }
    expect(result, says: "Laplace: scale is -1.0; expected a finite number, 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Cauchy(scale: .nan) }
    expect(result, says: "Cauchy: scale is nan; expected a finite number, 0 or more")
  }
}
