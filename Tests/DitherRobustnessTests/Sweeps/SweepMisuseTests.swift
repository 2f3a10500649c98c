import DitherRobustness
import DitherTensors
import NoiseDistributions
import TestSupport
import Testing

@Suite("Misuse of sweeps stops the program and is named")
struct SweepMisuseTests {
  @Test("Settings of a sweep")
  func settings() async {
    let strengths = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = NoiseSweep(
        .adding(Constant(value: 1)), strengths: [0, 0.2, 0.1], noise: NoiseStream(seed: 1))
    }
    expect(strengths, says: "NoiseSweep: strengths is [0.0, 0.2, 0.1]; expected finite numbers")
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NoiseSweep(.adding(Constant(value: 1)), strengths: [], noise: NoiseStream(seed: 1))
    }
    expect(none, says: "NoiseSweep: strengths is []; expected finite numbers, at least one")
    let trials = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NoiseSweep(
        .adding(Constant(value: 1)), strengths: [1], trials: 0, noise: NoiseStream(seed: 1))
    }
    expect(trials, says: "NoiseSweep: trials is 0; expected at least 1")
    let area = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NoiseSweep(
        .adding(Constant(value: 1)), strengths: [1], noise: NoiseStream(seed: 1)
      ).curve(of: aboveLevel(0), on: tenRows()).area(under: .accuracy)
    }
    expect(area, says: "SweepCurve.area: the sweep has 1 strength; expected at least 2")
    let features = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = NoiseSweep(
        .adding(Constant(value: 1)), strengths: [1], noise: NoiseStream(seed: 1)
      ).curve(of: LinearScore(weight: [1, 1]), on: tenRows())
    }
    expect(features, says: "NoiseSweep: the data \"ten rows\" have 1 features; expected 2")
  }

  @Test("Curves that were not measured on the same noisy inputs")
  func pairs() async {
    let seeds = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let curves = [1, 2].map { seed in
        NoiseSweep(
          .adding(Gaussian(standardDeviation: 1)), strengths: [1], noise: NoiseStream(seed: seed)
        ).curve(of: aboveLevel(0), on: tenRows())
      }
      _ = curves[0].differences(
        in: .accuracy, from: curves[1], by: Bootstrap(noise: NoiseStream(seed: 1)))
    }
    expect(seeds, says: "SweepCurve: the curves are of two sweeps", "expected one sweep for both")
    let rules = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let curves = [Float(1), 2].map { width in
        NoiseSweep(
          TestNoise("mine", axis: "scale") {
            .adding(Uniform(low: -width, high: width), scale: .fixed($0))
          }, strengths: [1], noise: NoiseStream(seed: 1)
        ).curve(of: aboveLevel(0), on: tenRows())
      }
      _ = curves[0].differences(
        in: .accuracy, from: curves[1], by: Bootstrap(noise: NoiseStream(seed: 1)))
    }
    expect(rules, says: "SweepCurve: the curves are of two sweeps, mine at [1.0] and mine")
    let labels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let sweep = NoiseSweep(
        .adding(Constant(value: 1)), strengths: [1], noise: NoiseStream(seed: 1))
      let curves = [Set<Int>(), [3]].map {
        sweep.curve(of: aboveLevel(0), on: tenRows(ofClassOne: $0))
      }
      _ = curves[0].cleanDifference(
        in: .accuracy, from: curves[1], by: Bootstrap(noise: NoiseStream(seed: 1)))
    }
    expect(labels, says: "labels that differ; expected the same data for both")
  }

  @Test("Bootstraps that cannot be")
  func bootstrap() async {
    let resamples = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Bootstrap(resamples: 1, noise: NoiseStream(seed: 1))
    }
    expect(resamples, says: "Bootstrap: resamples is 1; expected at least 2")
    let confidence = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Bootstrap(confidence: 1, noise: NoiseStream(seed: 1))
    }
    expect(confidence, says: "Bootstrap: confidence is 1.0; expected above 0 and below 1")
    let held = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Bootstrap(noise: NoiseStream(seed: 1).frozen())
    }
    expect(held, says: "Bootstrap: the step of the noise is held")
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Bootstrap(noise: NoiseStream(seed: 1)).estimate(rows: 0) { _ in 1 }
    }
    expect(rows, says: "Bootstrap: rows is 0; expected 1…33554432")
    let figure = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Bootstrap(noise: NoiseStream(seed: 1)).estimate(rows: 2) { _ in .nan }
    }
    expect(figure, says: "Bootstrap: figure 0 of the rows is nan; expected a finite number")
    let resample = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      // The third call is of resample 1.
      var calls = 0
      _ = Bootstrap(noise: NoiseStream(seed: 1)).estimates(rows: 2) { _ in
        calls += 1
        return [5, calls == 3 ? .infinity : 1]
      }
    }
    expect(resample, says: "Bootstrap: figure 1 of resample 1 is inf; expected a finite number")
  }
}
