import DitherRuntime
public import NoiseDistributions

/// Checks that a distribution keeps every rule that `NoiseDistribution` states, and throws an error that
/// names the broken ones with the numbers seen.
///
/// ```swift
/// struct Wedge: QuantileDistribution {
///   var mean: Double { 2.0 / 3 }
///   var variance: Double { 1.0 / 18 }
///   func quantile(_ p: Float) -> Float { p.squareRoot() }
/// }
///
/// try checkConformance(of: Wedge())
/// ```
///
/// It works in any test framework, as it throws.
///
/// It draws some six million times (nine million times from a `RowNoiseDistribution`), and takes a quarter of a million quantiles
/// where there is one: a few seconds in a debug build, for a distribution that a kernel draws or whose quantile is a short
/// formula. Slow draws take their own time. Those of an α-stable distribution, dozens of functions each, take minutes in a debug
/// build, where a distribution's own code is not optimised; test such a one in a release build.
///
/// For a distribution that keeps a rule, the check of the rule fails with a probability of at most 10⁻⁹, whatever the
/// distribution; <doc:RulesAndPower> lists what departures are always seen. Draws have addresses, so a check that passed
/// once passes always: other draws take another seed.
///
/// A fill that writes outside its tile stops the program, here as everywhere.
///
/// - Parameters:
///   - distribution: what to check. Its quantile and its cumulative probability are checked where it conforms to
///     `QuantileDistribution` and `CumulativeDistribution`.
///   - seed: of the draws.
///   - kurtosis: the greatest that E z⁴ may be, of z = (draw − mean) / standard deviation; 1 or more. No draws show
///     that a variance is too small without it, as what seldom comes may be great. Give the distribution's own to see
///     more, infinity if it has none, as those of Student's t with four degrees of freedom or fewer have.
/// - Returns: the findings, which say what could not be tested too (``ConformanceReport/notTested``).
/// - Throws: ``ConformanceError`` if a rule is broken.
@discardableResult
public func checkConformance(
  of distribution: some NoiseDistribution, seed: UInt64 = 1, kurtosis: Double = 100
) throws(ConformanceError) -> ConformanceReport {
  require(kurtosis >= 1, "checkConformance: kurtosis is \(kurtosis); expected 1 or more")
  let report = Conformance(distribution, seed: seed, kurtosis: kurtosis).report()
  if !report.broken.isEmpty { throw ConformanceError(report: report) }
  return report
}

/// One distribution and what its checks share.
struct Conformance<Distribution: NoiseDistribution> {
  let distribution: Distribution
  let noise: NoiseStream
  let kurtosis: Double

  init(_ distribution: Distribution, seed: UInt64, kurtosis: Double) {
    self.distribution = distribution
    self.kurtosis = kurtosis
    noise = NoiseStream(seed: seed)
  }

  func report() -> ConformanceReport {
    var verdicts = purity()
    let impure = ConformanceRule.allCases.first { verdicts[$0]?.isBroken == true }
    let sample = drawSample()
    let quantiles = (distribution as? any QuantileDistribution).map {
      QuantileTable($0, drawn: drawnQuantiles($0))
    }
    verdicts[.finite] = finite(sample)
    verdicts[.extremes] = extremes(quantiles)
    let isFinite = verdicts[.finite]!.isHolding && verdicts[.extremes]!.isHolding
    func whereFinite(_ verdict: () -> Verdict) -> Verdict {
      isFinite ? verdict() : .notTested("draws are not finite")
    }
    // Draws that are no function of their address have no distribution there.
    verdicts[.sameDistributionEverywhere] =
      impure.map { Verdict.notTested("\($0) is broken") }
      ?? whereFinite { sameDistribution(sample) }
    let moments = isFinite ? moments(sample) : []
    verdicts[.mean] = whereFinite { mean(sample, moments, quantiles) }
    verdicts[.variance] = whereFinite { variance(sample, moments, quantiles) }
    verdicts[.independentNeighbours] = whereFinite { independence(sample) }
    func whereQuantile(_ verdict: (QuantileTable) -> Verdict) -> Verdict {
      quantiles.map { table in whereFinite { verdict(table) } } ?? .notTested("no quantile")
    }
    let increases = whereQuantile { $0.increases() }
    verdicts[.quantileIncreases] = increases
    verdicts[.drawsMatchQuantile] = whereQuantile {
      increases.isBroken ? .notTested("quantileIncreases is broken") : $0.matches(sample)
    }
    let cumulative = distribution as? any CumulativeDistribution
    func whereCumulative(_ verdict: (any CumulativeDistribution) -> Verdict) -> Verdict {
      cumulative.map { cumulative in whereFinite { verdict(cumulative) } }
        ?? .notTested("no cumulative probability")
    }
    verdicts[.cumulativeProbabilityIncreases] = whereCumulative { self.increases($0, sample) }
    verdicts[.drawsMatchCumulativeProbability] = whereCumulative { matches($0, sample) }
    verdicts[.quantileMatchesCumulativeProbability] = whereCumulative {
      quantiles?.matches($0) ?? .notTested("no quantile")
    }
    return ConformanceReport(
      distribution: "\(distribution)",
      findings: ConformanceRule.allCases.map { verdicts[$0]!.finding($0) })
  }
}
