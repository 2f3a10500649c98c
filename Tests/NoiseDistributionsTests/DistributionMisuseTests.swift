import NoiseDistributions
import TestSupport
import Testing

@Suite("Bad parameters of distributions and rules stop the program and are named")
struct DistributionMisuseTests {
  @Test("Spreads that are negative, NaN or infinite")
  func spreads() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Gaussian(standardDeviation: -1) }
    expect(result, says: "Gaussian: standardDeviation is -1.0; expected a finite number, 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Gaussian(standardDeviation: .nan) }
    expect(result, says: "Gaussian: standardDeviation is nan")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Gaussian(mean: .infinity, standardDeviation: 1) }
    expect(result, says: "Gaussian: mean is inf")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = LogNormal.unitMean(logStandardDeviation: -2) }
    expect(result, says: "LogNormal.unitMean: logStandardDeviation is -2.0")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = LogNormal.unitMean(logStandardDeviation: 1e20) }
    expect(
      result,
      says:
        "LogNormal.unitMean: logStandardDeviation is 1e+20; expected a number, 0 or more, whose square is finite"
    )
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Uniform(halfWidth: -.infinity) }
    expect(result, says: "Uniform: halfWidth is -inf")
  }

  @Test("Ends in the wrong order or too far apart")
  func ends() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Uniform(low: 2, high: 1) }
    expect(result, says: "Uniform: low is 2.0 and high is 1.0; expected low ≤ high")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Uniform(low: -3e38, high: 3e38) }
    expect(result, says: "Uniform: low is -3e+38 and high is 3e+38")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = SaltAndPepper(rate: 0.1, low: 2, high: 1) }
    expect(result, says: "SaltAndPepper: low is 2.0 and high is 1.0; expected low ≤ high")
  }

  @Test("Scales, values, modes and rates")
  func parameters() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Laplace(scale: -1) }
    expect(result, says: "Laplace: scale is -1.0; expected a finite number, 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Logistic(scale: .nan) }
    expect(result, says: "Logistic: scale is nan; expected a finite number, 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Exponential(scale: .infinity) }
    expect(result, says: "Exponential: scale is inf; expected a finite number, 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Constant(value: -.infinity) }
    expect(result, says: "Constant: value is -inf; expected a finite number")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Impulse(value: .nan, probability: 0.5) }
    expect(result, says: "Impulse: value is nan; expected a finite number")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Poisson(rate: 10_001) }
    expect(result, says: "Poisson: rate is 10001.0; expected 0…10000.0")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Poisson(rate: .nan) }
    expect(result, says: "Poisson: rate is nan")
  }

  @Test("Triangles and intervals that hold nothing")
  func triangles() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Triangular(low: 0, mode: .nan, high: 1) }
    expect(result, says: "Triangular: mode is nan; expected a finite number")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Triangular(low: 0, mode: 2, high: 1) }
    expect(
      result,
      says: "Triangular: low is 0.0, mode is 2.0 and high is 1.0; expected low ≤ mode ≤ high")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Triangular(low: -3e38, mode: 0, high: 3e38) }
    expect(result, says: "Triangular: low is -3e+38 and high is 3e+38")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Triangular(halfWidth: -2) }
    expect(result, says: "Triangular: halfWidth is -2.0; expected a finite number, 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Truncated(Laplace(scale: 1), low: 1, high: .nan) }
    expect(result, says: "Truncated: low is 1.0 and high is nan; expected low ≤ high")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Truncated(Uniform(low: 0, high: 1), low: 2) }
    expect(
      result,
      says: "Truncated: 2.0…inf holds the probability 0.0 of Uniform(low: 0.0, high: 1.0)",
      "expected 2⁻¹² or more")
  }

  @Test("Probabilities outside 0…1")
  func probabilities() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Bernoulli(probability: 1.5) }
    expect(result, says: "Bernoulli: probability is 1.5; expected 0…1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseRule.dropout(rate: .nan) }
    expect(result, says: "NoiseRule.dropout: rate is nan; expected 0…1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseRule.replacing(Gaussian(standardDeviation: 1), rate: -0.1) }
    expect(result, says: "NoiseRule.replacing: rate is -0.1; expected 0…1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = SaltAndPepper(rate: 2) }
    expect(result, says: "SaltAndPepper: rate is 2.0; expected 0…1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Impulse(probability: -0.5) }
    expect(result, says: "Impulse: probability is -0.5; expected 0…1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Mixture(Rademacher(), Rademacher(), weight: .nan) }
    expect(result, says: "Mixture: weight is nan; expected 0…1")
  }

  @Test("Rates and blocks outside their ranges")
  func rates() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseRule.gaussianDropout(rate: 1) }
    expect(
      result, says: "NoiseRule.gaussianDropout: rate is 1.0; expected 0 or more and less than 1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseRule.alphaDropout(rate: -0.5) }
    expect(
      result,
      says: "NoiseRule.alphaDropout: rate is -0.5; expected 0…1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseSharing.blocks(of: 0) }
    expect(
      result,
      says: "NoiseSharing.blocks: 0 columns; expected 1…67108864")
  }
}
