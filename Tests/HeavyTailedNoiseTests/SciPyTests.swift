import Foundation
import HeavyTailedNoise
import NoiseDistributions
import TestSupport
import Testing

/// The file of Tests/Reference/make_heavy_tails_distributions_reference.py.
private func fields(_ kind: String) throws -> [[String]] {
  let file = try #require(
    Bundle.module.url(
      forResource: "distributions", withExtension: "txt", subdirectory: "Resources"))
  return try references(kind, in: file)
}

@Suite("Quantiles and cumulative probabilities are SciPy's, each at the points that its test names")
struct SciPyTests {
  // A probability is an integral, a millisecond optimised: few of them unless the long tests run.

  /// SciPy's quantiles of the reference probabilities, and its cumulative probabilities there.
  static func known(_ name: String) throws -> (quantiles: [Double], probabilities: [Double]) {
    let quantiles = try decodeDoubles(try #require(try fields("quantiles \(name)").first)[2])
    let probabilities = try decodeDoubles(
      try #require(try fields("probabilities \(name)").first)[2])
    try #require(quantiles.count == 10_000 && probabilities.count == 10_000)
    return (quantiles, probabilities)
  }

  @Test(
    "At 10,000 points, to 10⁻⁷ from either end, Cauchy's quantiles are SciPy's to 7 units in the last place, its probabilities to a few"
  )
  func cauchy() throws {
    let known = try Self.known("cauchy")
    let cauchy = Cauchy(scale: 1)
    var (worstQuantile, worstProbability) = (0.0, 0.0)
    for (index, x) in known.quantiles.enumerated() {
      let found = Double(cauchy.quantile(Float(referenceProbabilities[index])))
      worstQuantile = max(worstQuantile, abs(found - x) / Double(Float(x).ulp))
      let expected = known.probabilities[index]
      let error = abs(cauchy.cumulativeProbability(x) - expected)
      worstProbability = max(worstProbability, error / (0x1p-48 * expected))
    }
    #expect(worstQuantile <= 7)
    #expect(worstProbability <= 1)
  }

  static let degreesOfFreedom: [(String, Float)] = [("0.75", 0.75), ("3", 3), ("30", 30)]

  @Test(
    "Student's t has SciPy's probabilities, to 10⁻¹¹ of themselves in the lower half, at 10,000 points (304 without DITHER_LONG_TESTS), to 10⁻⁷ from either end",
    arguments: degreesOfFreedom)
  func studentT(_ name: String, _ degrees: Float) throws {
    let known = try Self.known("student-t-\(name)")
    let distribution = StudentT(degreesOfFreedom: degrees)
    for index in stride(from: 0, through: 9999, by: runsLongTests ? 1 : 33) {
      let (x, expected) = (known.quantiles[index], known.probabilities[index])
      let found = distribution.cumulativeProbability(x)
      let bound = expected < 0.5 ? 1e-11 * expected : 1e-13
      #expect(abs(found - expected) <= bound, "at \(x): \(found), expected \(expected)")
    }
  }

  // A quantile is a search through 64 probabilities. Those near 1 come in steps of 2⁻⁵³, 2 · 10⁻⁹ of what is left to 1 at the
  // last point; those near 0 are off by 10⁻¹¹ of themselves, and so is x near ½, where it is 0.
  @Test(
    "Student's t has SciPy's quantiles, to 10⁻⁸ of themselves, at 100 points (10 without DITHER_LONG_TESTS) of both halves, to 10⁻⁷ from either end",
    arguments: degreesOfFreedom)
  func studentTQuantiles(_ name: String, _ degrees: Float) throws {
    let known = try Self.known("student-t-\(name)")
    let distribution = StudentT(degreesOfFreedom: degrees)
    let places = Array(stride(from: 0, through: 9999, by: runsLongTests ? 101 : 1111))
    try #require(places.count == (runsLongTests ? 100 : 10) && places.last == 9999)
    for index in places {
      let found = distribution.quantile(referenceProbabilities[index])
      let x = known.quantiles[index]
      #expect(
        abs(found - x) <= 1e-8 * abs(x) + 1e-10,
        "at \(referenceProbabilities[index]): \(found), expected \(x)")
    }
  }

  // The places are those of the script. Of 2^18 draws it is always seen if the probability of any half-line that is compared is off
  // by 0.013.
  @Test(
    "Four stable distributions have SciPy's probabilities at 2,500 points (25 without DITHER_LONG_TESTS) within 82 scales, and so have their draws"
  )
  func stable() throws {
    let rows = try fields("stable")
    #expect(rows.count == 4)
    for row in rows {
      let (stability, skewness) = (Float(row[1])!, Float(row[2])!)
      let probabilities = try decodeDoubles(row[3])
      try #require(probabilities.count == 2500)
      let places = (0..<2500).map { (index: Int) -> Double in
        let turn: Double = (Double(index) + 0.5) / 2500 - 0.5
        let angle: Double = Double.pi * turn * 63 / 64
        return 2 * tan(angle)
      }
      let distribution = AlphaStable(stability: stability, skewness: skewness)
      for index in stride(from: 0, to: 2500, by: runsLongTests ? 1 : 100) {
        let found = distribution.cumulativeProbability(places[index])
        #expect(
          abs(found - probabilities[index]) <= 1e-9, "\(distribution) at \(places[index])")
      }
      let known = KnownProbabilities(
        parameters: [stability, skewness],
        places: zip(places, probabilities).map { (x: $0, probability: $1) })
      known.expectShares(
        of: NoiseStream(seed: 2).draws(
          from: distribution, site: "s", rows: 1 << 8, columns: 1 << 10))
    }
  }

  // The lower tail of −β is the upper one of β. The stated error is about 10⁻¹¹ of the probability.
  @Test("Stable distributions' tails are those of their characteristic functions, beyond 10⁻⁶")
  func stableTails() throws {
    let rows = try fields("stable-tail")
    #expect(rows.count == 55)
    var least = 1.0
    for row in rows {
      let (stability, skewness) = (Float(row[1])!, Float(row[2])!)
      let (x, expected) = (Double(row[3])!, Double(row[4])!)
      let distribution = AlphaStable(stability: stability, skewness: -skewness)
      let found = distribution.cumulativeProbability(-x)
      #expect(
        abs(found - expected) <= 1e-10 * expected,
        "\(distribution) at \(-x): \(found), expected \(expected)")
      let upper = AlphaStable(stability: stability, skewness: skewness)
      #expect(abs(upper.cumulativeProbability(x) - (1 - expected)) <= 1e-10)
      least = min(least, expected)
    }
    #expect(least < 2e-7)
  }
}
