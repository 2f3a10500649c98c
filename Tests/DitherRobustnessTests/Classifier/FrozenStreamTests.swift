import DitherData
import DitherRobustness
import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

/// A stream whose step is held gives the same draws at every step: a mean over draws would be one draw, and 50 random places one place.
@Suite("A frozen stream stops what needs draws of several steps")
struct FrozenStreamTests {
  private static let frozen = NoiseStream(seed: 1).frozen()
  private static let inputs = Tensor(rows: [[0.25, 0.5], [0.5, -0.25]])
  private static let linear = LinearScore(weight: [1, 1])
  private static let noisy = NoisyScore(weight: [1, 1], standardDeviation: 1)
  private static let data = LabelledData(
    inputs: inputs, labels: [1, 1], classes: 2, name: "two rows")
  private static let ball = PerturbationBall(.maximum, radius: 0.1)

  @Test("Attacks: tries, random starts, and the classifier's draws")
  func attacks() async {
    let tries = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomAttack(within: Self.ball, tries: 50).result(
        against: Self.linear, on: Self.data, noise: Self.frozen)
    }
    expect(
      tries, says: "RandomAttack: the step of the noise is held, and 50 steps of it are wanted")
    let starts = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GradientAttack.projected(within: Self.ball, steps: 1, randomStarts: 2).result(
        against: Self.linear, on: Self.data, noise: Self.frozen)
    }
    expect(starts, says: "GradientAttack: the step of the noise is held, and 2 steps")
    // One draw an answer; the attack's would be that of the answers.
    let draws = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GradientAttack.fastGradient(within: Self.ball).adversaries(
        of: Self.inputs, labels: [1, 1], against: Self.noisy, mode: .sampled(draws: 1),
        noise: Self.frozen)
    }
    expect(draws, says: "InferenceMode.sampled: the step of the noise is held, and 2 steps")
  }

  @Test("Sweeps, corruptions of a classifier with several draws, and propagation")
  func measurements() async {
    let trials = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NoiseSweep(
        .adding(Gaussian(standardDeviation: 1)), strengths: [1], trials: 5, noise: Self.frozen)
    }
    expect(trials, says: "NoiseSweep: the step of the noise is held, and 5 steps")
    let draws = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = corruptionErrors(
        of: Self.noisy, on: Self.data,
        under: ImageCorruption.all(ImageShape(height: 1, width: 2, range: -1...1)),
        mode: .sampled(draws: 10), noise: Self.frozen)
    }
    expect(draws, says: "InferenceMode.sampled: the step of the noise is held, and 10 steps")
    let propagation = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = signalPropagation(
        through: Sequential(seed: 1) { Linear(inputs: 2, outputs: 2) }, of: Self.inputs,
        placing: .adding(Gaussian(standardDeviation: 1)), at: .input(of: 0), noise: Self.frozen,
        draws: 3)
    }
    expect(propagation, says: "signalPropagation: the step of the noise is held, and 3 steps")
  }

  @Test("Monte Carlo predictions, SmoothGrad, and certificates of several samples")
  func estimates() async {
    let draws = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = monteCarloPrediction(of: Self.noisy, for: Self.inputs, draws: 30, noise: Self.frozen)
    }
    expect(draws, says: "monteCarloPrediction: the step of the noise is held, and 30 steps")
    let copies = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SmoothGrad(deviation: .absolute(1), samples: 20).map(
        of: Self.linear, at: Self.inputs, noise: Self.frozen)
    }
    expect(copies, says: "SmoothGrad: the step of the noise is held, and 20 steps")
    let samples = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomizedSmoothing(of: Self.linear, standardDeviation: 1, noise: Self.frozen)
        .certify(Self.data, draws: 10)
    }
    expect(samples, says: "RandomizedSmoothing: the step of the noise is held, and 2 steps")
  }

  @Test("Where one step is enough it serves as any stream: rows have draws of their own")
  func oneStep() {
    let (frozen, stream) = (Self.frozen, NoiseStream(seed: 1))
    func certificate(_ noise: NoiseStream) -> Certificate {
      RandomizedSmoothing(of: Self.linear, standardDeviation: 1, noise: noise)
        .certify(Self.inputs.rows(0..<1), draws: 1000)
    }
    #expect(certificate(frozen) == certificate(stream))
    #expect(certificate(frozen).votes < 1000)
    func places(_ noise: NoiseStream) -> Tensor {
      RandomAttack(within: Self.ball, tries: 1).adversaries(
        of: Self.inputs, labels: [1, 1], against: Self.linear, noise: noise)
    }
    #expect(places(frozen).isBitwiseEqual(to: places(stream)))
    func entropy(_ noise: NoiseStream) -> [Double] {
      monteCarloPrediction(of: Self.noisy, for: Self.inputs, draws: 1, noise: noise)
        .predictiveEntropy
    }
    #expect(entropy(frozen) == entropy(stream))
  }
}
