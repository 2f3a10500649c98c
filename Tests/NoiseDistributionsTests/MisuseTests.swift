import NoiseDistributions
import TestSupport
import Testing

@Suite("Misuse stops the program and names what was given")
struct MisuseTests {
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

  @Test("Scales that are negative, and kinds that a rule does not take")
  func scales() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseScale.fixed(-0.5) }
    expect(result, says: "NoiseScale.fixed: the scale is -0.5")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseScale.learned(0) }
    expect(
      result,
      says: "NoiseScale.learned: the initial scale is 0.0; expected a finite number above 0")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseScale.relativeToSignal(-1) }
    expect(
      result,
      says: "NoiseScale.relativeToSignal: the ratio is -1.0; expected a finite number, 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseScale.signalToNoiseRatio(decibels: .infinity) }
    expect(
      result,
      says: "NoiseScale.signalToNoiseRatio: decibels is inf; expected -200…200")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseScale.signalToNoiseRatio(decibels: -200.5) }
    expect(
      result,
      says: "NoiseScale.signalToNoiseRatio: decibels is -200.5; expected -200…200")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseScale.learned(0.5).overTrueSamples() }
    expect(
      result,
      says:
        "NoiseScale.overTrueSamples: the scale is learned(0.5); expected .relativeToSignal or .signalToNoiseRatio"
    )
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseRule.multiplying(Gaussian(standardDeviation: 1), scale: .relativeToSignal(0.5)) }
    expect(
      result,
      says:
        "NoiseRule.multiplying: the scale is relativeToSignal(0.5); expected .fixed or .scheduled")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseRule.addingShotNoise(scale: .learned(0.5)) }
    expect(
      result,
      says: "NoiseRule.addingShotNoise: the scale is learned(0.5); expected .fixed or .scheduled")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = NoiseRule.adding(Gaussian(standardDeviation: 0), scale: .signalToNoiseRatio(decibels: 20))
    }
    expect(
      result,
      says:
        "NoiseScale.signalToNoiseRatio: Gaussian(mean: 0.0, standardDeviation: 0.0) has mean 0.0 and variance 0.0; expected a mean square that is finite and at least 1e-56"
    )
  }

  @Test("Scales that a schedule makes negative at the step of a pass")
  func scheduledScales() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = PreparedNoise(
        [
          .adding(
            Gaussian(standardDeviation: 1), scale: .scheduled(.linear(from: 1, to: -1, over: 10)))
        ], stream: NoiseStream(seed: 1).at(step: 8), site: "s", rows: 1, columns: 1)
    }
    expect(
      result,
      says:
        "NoiseScale: the scale linear(from: 1.0, to: -1.0, over: 10) is -0.6 at step 8; expected a finite number, 0 or more"
    )
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let rule = NoiseRule.adding(
        Gaussian(standardDeviation: 1),
        scale: .signalToNoiseRatio(decibels: .linear(from: 0, to: 400, over: 8)))
      _ = Ruled(rules: [rule]).forward(Ruled(rules: []).inputs)
    }
    expect(
      result,
      says: "NoiseScale.signalToNoiseRatio: decibels is 250.0 at step 5; expected -200…200")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let noise = PreparedNoise(
        [.adding(Gaussian(standardDeviation: 1), scale: .relativeToSignal(1))],
        stream: NoiseStream(seed: 1), site: "s", rows: 1, columns: 1)
      unsafe noise.withRules { _ in }
    }
    expect(result, says: "is relative to the signal, which this site does not measure")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = PreparedNoise(
        [.adding(Gaussian(standardDeviation: 1), scale: .learned(1))],
        stream: NoiseStream(seed: 1), site: "3.weight", rows: 1, columns: 1)
    }
    expect(result, says: "at the site \"3.weight\" learns its scale, which this site cannot")
  }

  @Test("Schedules outside their ranges")
  func schedules() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Schedule.linear(from: 0, to: 1, over: 0) }
    expect(result, says: "Schedule.linear: steps is 0; expected at least 1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Schedule.constant(.nan) }
    expect(
      result,
      says: "Schedule.constant: value is nan; expected a finite number")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Schedule.cosine(from: .infinity, to: 1, over: 5) }
    expect(
      result,
      says: "Schedule.cosine: from is inf; expected a finite number")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Schedule.exponential(from: 1, to: 0, over: 5) }
    expect(
      result,
      says: "Schedule.exponential: from is 1.0 and to is 0.0; expected both above 0")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Schedule.step(from: 1, factor: -1, every: 5) }
    expect(
      result,
      says: "Schedule.step: factor is -1.0; expected a finite number, 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Schedule.step(from: 1, factor: 1, every: 0) }
    expect(
      result,
      says: "Schedule.step: every is 0; expected at least 1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Schedule.oneCycle(maximum: 1, over: 5, rising: 5) }
    expect(
      result,
      says: "Schedule.oneCycle: rising is 5; expected 0 ..< 5, the steps of the cycle")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Schedule.constant(1).value(at: -1) }
    expect(
      result,
      says: "Schedule.value: step is -1; expected 0 or more")
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

  @Test("Places outside a stream")
  func places() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseStream(seed: 1).at(step: -1) }
    expect(result, says: "NoiseStream.at: step is -1; expected 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseStream(seed: 1).rows(from: -7) }
    expect(result, says: "NoiseStream.rows: the first row is -7; expected 0 ..< 4294967296")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseStream(seed: 1).address(of: "s", rows: 1, columns: 67_108_865) }
    expect(result, says: "NoiseStream: columns is 67108865; expected 0…67108864")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseStream(seed: 1).rows(from: 4_294_967_295).address(of: "s", rows: 2, columns: 1) }
    expect(result, says: "NoiseStream: rows is 2, from row 4294967295")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseStream(seed: 1).address(of: "s", slot: -1, rows: 1, columns: 1) }
    expect(result, says: "NoiseStream: slot is -1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseStream(seed: 1).address(of: "s", rows: 1, columns: 1).plane(128) }
    expect(result, says: "NoiseAddress.plane: plane is 128; expected 0…127")
  }

  @Test("A tile or a span of another size than its address")
  func sizes() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var tile = [Float](repeating: 0, count: 5)
      var span = tile.mutableSpan
      NoiseStream(seed: 1).address(of: "s", rows: 2, columns: 3).fillUniforms(&span)
    }
    expect(result, says: "NoiseAddress: the tile has 5 elements; expected 2 × 3 = 6")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var draws = [Float](repeating: 0, count: 7)
      var span = draws.mutableSpan
      NoiseStream(seed: 1).fill(
        &span, from: Gaussian(standardDeviation: 1), site: "s", rows: 2, columns: 3)
    }
    expect(result, says: "NoiseStream.fill: the span has 7 elements; expected 2 × 3 = 6")
  }

  @Test("A distribution that writes beyond its tile stops, and corrupts nothing")
  func overrun() async {
    struct Overrun: NoiseDistribution {
      var mean: Double { 0 }
      var variance: Double { 0 }
      func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
        for index in 0...tile.count { tile[index] = 1 }
      }
    }
    await #expect(processExitsWith: .failure) {
      _ = NoiseStream(seed: 1).draws(from: Overrun(), site: "s", rows: 100, columns: 100)
    }
  }
}
