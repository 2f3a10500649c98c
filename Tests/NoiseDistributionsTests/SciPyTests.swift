import Foundation
import NoiseDistributions
import TestSupport
import Testing

/// A distribution under its name in the file of references.
struct Referenced: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var distribution: any CumulativeDistribution & QuantileDistribution
  /// How far a quantile may lie from SciPy's, which is the argument.
  var bound: @Sendable (Double) -> Double
  /// |x · density(x) / min(P, 1 − P)|, at the x with the probability p: by how much an error of SciPy's x comes back in P.
  var condition: @Sendable (Double) -> Double = { _ in 1 }

  // Half a unit in the last place of a number, at most.
  private static let unit = 0x1p-24
  private static let logarithm: @Sendable (Double) -> Double = { 1.4 * 0x1p-23 * abs($0) }

  /// In the tails of distributions that are exponential there.
  private static let exponentialTail: @Sendable (Double) -> Double = { p in
    2 - 2 * Foundation.log(min(p, 1 - p))
  }

  static let continuous: [Referenced] = [
    // Φ⁻¹ is off by at most 4.5 units in the last place, 3.6e-7 of it.
    Referenced(
      testDescription: "gaussian", distribution: Gaussian(mean: 0.5, standardDeviation: 2),
      bound: { (x: Double) -> Double in 3.6e-7 * abs(x - 0.5) + unit * abs(x) },
      condition: exponentialTail),
    Referenced(
      testDescription: "uniform", distribution: Uniform(low: -1, high: 3),
      bound: { (x: Double) -> Double in unit * abs(x) + 0x1p-50 },
      condition: { (p: Double) -> Double in 1 / min(p, 1 - p) }),
    Referenced(
      testDescription: "log-normal",
      distribution: LogNormal(logMean: 0.5, logStandardDeviation: 0.25),
      bound: { (x: Double) -> Double in
        let logarithm: Double = Foundation.log(x)
        return unit * x * (3 + 6 * abs(logarithm - 0.5) + abs(logarithm))
      }, condition: { 4 * exponentialTail($0) }),
    Referenced(
      testDescription: "laplace", distribution: Laplace(scale: 0.5), bound: logarithm,
      condition: exponentialTail),
    Referenced(
      testDescription: "logistic", distribution: Logistic(scale: 2),
      bound: { 2 * unit + logarithm($0) }, condition: exponentialTail),
    triangular(-1, 0, 3, "triangular"),
    triangular(-0.3, 0.9, 1, "triangular-skewed"),
    Referenced(
      testDescription: "exponential", distribution: Exponential(scale: 2), bound: logarithm,
      condition: exponentialTail),
    // p of the whole distribution is rounded to 24 bits: 2⁻²⁵ / density, which is at least 0.04 here.
    Referenced(
      testDescription: "truncated",
      distribution: Truncated(Gaussian(mean: 0.5, standardDeviation: 2), low: -1, high: 4),
      bound: { (x: Double) -> Double in
        3.6e-7 * abs(x - 0.5) + unit * abs(x) + 0x1p-25 / 0.04
      },
      condition: { (p: Double) -> Double in 10 / min(p, 1 - p) }),
  ]

  static func triangular(_ low: Float, _ mode: Float, _ high: Float, _ name: String) -> Referenced {
    let bound = unit * Double(3 * (high - low) + max(abs(low), abs(high)))
    // Where the root of p is small against low, x does not hold it.
    return Referenced(
      testDescription: name, distribution: Triangular(low: low, mode: mode, high: high),
      bound: { _ in bound },
      condition: { (p: Double) -> Double in 4 / min(p, 1 - p).squareRoot() })
  }

  func fields(_ kind: String) throws -> [String] {
    let file = try #require(
      Bundle.module.url(
        forResource: "distributions", withExtension: "txt", subdirectory: "Resources"))
    return try #require(try references("\(kind) \(testDescription)", in: file).first)
  }
}

@Suite(
  "Quantiles and cumulative probabilities are SciPy's at 10,000 points, to 10⁻⁷ from either end")
struct SciPyTests {
  @Test("Quantiles are SciPy's to within the stated bound", arguments: Referenced.continuous)
  func quantiles(_ referenced: Referenced) throws {
    let expected = try decodeDoubles(try referenced.fields("quantiles")[2])
    #expect(expected.count == 10_000)
    var greatest = 0.0
    for (p, x) in zip(referenceProbabilities, expected) {
      let error = abs(Double(referenced.distribution.quantile(Float(p))) - x)
      greatest = max(greatest, error / referenced.bound(x))
    }
    #expect(greatest <= 1)
  }

  // SciPy's and these are each off by a few units in the last place, and so is SciPy's x: 16 for all.
  @Test(
    "Cumulative probabilities are SciPy's to a few units in the last place",
    arguments: Referenced.continuous)
  func probabilities(_ referenced: Referenced) throws {
    let points = try decodeDoubles(try referenced.fields("quantiles")[2])
    let differences = try decode(try referenced.fields("differences")[2], as: UInt32.self)
    #expect(points.count == 10_000 && differences.count == 10_000)
    var greatest = 0.0
    for index in points.indices {
      let p = referenceProbabilities[index]
      let expected = p + Double(Float(bitPattern: differences[index]))
      let error = abs(referenced.distribution.cumulativeProbability(points[index]) - expected)
      let bound: Double = p + min(p, 1 - p) * referenced.condition(p)
      greatest = max(greatest, error / (0x1p-49 * bound))
    }
    #expect(greatest <= 1)
  }

  @Test("The cumulative probabilities of a mixture are those of SciPy's distributions, weighted")
  func mixture() throws {
    let mixture = Mixture(Gaussian(standardDeviation: 1), Laplace(scale: 4), weight: 0.9)
    let referenced = Referenced(
      testDescription: "mixture", distribution: Gaussian(standardDeviation: 1), bound: { _ in 0 })
    let fields = try referenced.fields("probabilities")
    let (first, step) = (Double(fields[2])!, Double(fields[3])!)
    let expected = try decodeDoubles(fields[4])
    #expect(expected.count == 10_000)
    // The points reach farther into both tails than the draws' 2⁻²⁴.
    #expect(expected.first! < 1e-7 && 1 - expected.last! < 1e-7)
    for (index, probability) in expected.enumerated() {
      let x = first + Double(index) * step
      let found = mixture.cumulativeProbability(x)
      if abs(found - probability) > 0x1p-49 * probability {
        Issue.record("at \(x): \(found), expected \(probability)")
      }
    }
  }

  @Test(
    "Poisson's quantiles and cumulative probabilities are SciPy's",
    arguments: [0.25, 3.5, 100, 10_000] as [Float])
  func poisson(_ rate: Float) throws {
    let distribution = Poisson(rate: rate)
    let referenced = Referenced(
      testDescription: "poisson-\(rate == rate.rounded() ? "\(Int(rate))" : "\(rate)")",
      distribution: distribution, bound: { _ in 0 })
    let fields = try referenced.fields("counts")
    let first = Int(fields[2])!
    let probabilities = try decodeDoubles(fields[3])
    let counts = fields[4...].map { Int($0)! }
    #expect(counts.count == probabilities.count && counts.reduce(0, +) == 10_000)
    // SciPy's incomplete gamma function is good to some 10⁻¹² at the greatest rate.
    for (index, probability) in probabilities.enumerated() {
      let found = distribution.cumulativeProbability(Double(first + index))
      #expect(abs(found - probability) <= 1e-11 * probability, "\(first + index)")
      #expect(found == distribution.cumulativeProbability(Double(first + index + 1).nextDown))
    }
    var quantiles = referenceProbabilities[...]
    for (index, count) in counts.enumerated() {
      let number = Float(first + index)
      #expect(quantiles.prefix(count).allSatisfy { distribution.quantile(Float($0)) == number })
      quantiles = quantiles.dropFirst(count)
    }
  }

  @Test(
    "Mean and variance are those of the 2²³ quantiles",
    arguments: Referenced.continuous.filter { referenced in
      ["laplace", "logistic", "triangular", "triangular-skewed", "exponential", "truncated"]
        .contains(referenced.testDescription)
    })
  func moments(_ referenced: Referenced) throws {
    let fields = try referenced.fields("moments")
    let (mean, variance) = (Double(fields[2])!, Double(fields[3])!)
    // Sums over all quantiles, but for the truncated one, whose integral SciPy gives.
    let bound = referenced.testDescription == "truncated" ? 1e-6 : 2e-11
    #expect(abs(referenced.distribution.mean - mean) <= bound)
    // The triangular's is that of the ideal distribution, to 10⁻¹⁰ of it.
    let isIdeal = referenced.testDescription.hasPrefix("triangular")
    #expect(
      abs(referenced.distribution.variance - variance) <= (isIdeal ? 1e-10 : bound) * variance)
  }
}
