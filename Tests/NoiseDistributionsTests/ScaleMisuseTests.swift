import NoiseDistributions
import TestSupport
import Testing

@Suite("Bad scales and schedules stop the program and are named")
struct ScaleMisuseTests {
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
}
