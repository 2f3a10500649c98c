import DitherRobustness
import Foundation
import TestSupport
import Testing

@Suite("Beta, binomial and normal distributions are SciPy's")
struct SciPyTests {
  private func lines(_ kind: String) throws -> [[String]] {
    try referenceLines(kind, in: "statistics")
  }

  /// The greatest relative difference.
  private func greatest(_ received: [Double], _ expected: [Double]) -> Double {
    #expect(received.count == expected.count && !expected.isEmpty)
    return zip(received, expected).reduce(0) { greatest, pair in
      max(greatest, abs(pair.0 - pair.1) / abs(pair.1))
    }
  }

  @Test("Lower bounds of Clopper and Pearson, for 1 to a million trials and α from 0.3 to 10⁻⁹")
  func bounds() throws {
    var count = 0
    for line in try lines("bounds") {
      let (trials, alpha) = (try integer(line[0]), try number(line[1]))
      let (successes, expected) = (try decodeIntegers(line[2]), try decodeDoubles(line[3]))
      let received = successes.map {
        ClopperPearson.lowerBound(
          successes: $0, trials: trials, failureProbability: alpha)
      }
      let error = greatest(received, expected)
      #expect(error < 1e-11, "\(trials) trials, α \(alpha)")
      count += successes.count
    }
    #expect(count > 2000)
  }

  @Test(
    "Upper bounds are lower bounds of the failures, and the interval holds both; ends are 0 and 1")
  func intervals() {
    for (successes, trials) in [(0, 5), (1, 5), (5, 5), (37, 90)] {
      let interval = ClopperPearson.interval(successes: successes, trials: trials, confidence: 0.9)
      let side = (1 - 0.9) / 2
      #expect(
        interval.lowerBound
          == ClopperPearson.lowerBound(
            successes: successes, trials: trials, failureProbability: side))
      #expect(
        interval.upperBound
          == 1
          - ClopperPearson.lowerBound(
            successes: trials - successes, trials: trials, failureProbability: side))
    }
    #expect(ClopperPearson.interval(successes: 0, trials: 9).lowerBound == 0)
    #expect(ClopperPearson.interval(successes: 9, trials: 9).upperBound == 1)
    // All of n succeed: α^(1/n).
    let bound = ClopperPearson.lowerBound(successes: 20, trials: 20, failureProbability: 0.01)
    #expect(abs(bound - pow(0.01, 0.05)) < 1e-14)
  }

  @Test("The bound fails as often as it says: exact coverage by the binomial distribution")
  func coverage() {
    // P(bound > p) over the counts that Binomial(40, p) gives, by its probabilities in closed form.
    for p in [0.03, 0.4, 0.77] {
      var (probability, failures) = (pow(1 - p, 40), 0.0)
      for successes in 0...40 {
        let bound = ClopperPearson.lowerBound(
          successes: successes, trials: 40, failureProbability: 0.05)
        if bound > p { failures += probability }
        probability *= Double(40 - successes) / Double(successes + 1) * p / (1 - p)
      }
      #expect(failures <= 0.05 && failures > 0.001, "p \(p)")
    }
  }

  @Test("The regularized incomplete beta function, within six deviations of the mean")
  func probabilities() throws {
    for line in try lines("probabilities") {
      let (a, b) = (try number(line[0]), try number(line[1]))
      let (points, expected) = (try decodeDoubles(line[2]), try decodeDoubles(line[3]))
      let error = greatest(points.map { IncompleteBeta.probability($0, a, b) }, expected)
      #expect(error < 1e-10, "Beta(\(a), \(b))")
    }
  }

  @Test("The two-sided binomial test of fair coins")
  func coins() throws {
    for line in try lines("coins") {
      let trials = try integer(line[0])
      let (successes, expected) = (try decodeIntegers(line[1]), try decodeDoubles(line[2]))
      for (count, value) in zip(successes, expected) where value > 1e-300 {
        let received = fairCoinProbability(successes: count, trials: trials)
        #expect(abs(received - value) <= 1e-11 * value, "\(count) of \(trials)")
      }
    }
    #expect(fairCoinProbability(successes: 0, trials: 0) == 1)
  }

  @Test("Quantiles of the normal distribution, to 10⁻³⁰⁰ from 0 and 10⁻¹⁵ from 1")
  func normal() throws {
    for line in try lines("normal") {
      let (points, expected) = (try decodeDoubles(line[0]), try decodeDoubles(line[1]))
      for (p, z) in zip(points, expected) {
        #expect(abs(normalQuantile(p) - z) <= 1e-13 * max(1, abs(z)), "p \(p)")
      }
    }
  }
}
