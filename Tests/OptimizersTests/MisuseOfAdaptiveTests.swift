import NoiseDistributions
import Optimizers
import TestSupport
import Testing

@Suite("Bad hyperparameters of RMSprop, Adagrad, Lion and Langevin dynamics are named")
struct MisuseOfAdaptiveTests {
  @Test("RMSprop")
  func rmsProp() async {
    let smoothing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RMSprop([], smoothing: 1)
    }
    expect(smoothing, says: "RMSprop: smoothing is 1.0; expected 0 or more and less than 1")
    let momentum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RMSprop([], momentum: -0.5)
    }
    expect(momentum, says: "RMSprop: momentum is -0.5; expected a number from 0 to 1")
    let epsilon = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RMSprop([], epsilon: .infinity)
    }
    expect(epsilon, says: "RMSprop: epsilon is inf")
  }

  @Test("Adagrad and Lion")
  func adagrad() async {
    let decay = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Adagrad([], learningRateDecay: -1)
    }
    expect(decay, says: "Adagrad: learningRateDecay is -1.0")
    let sum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Adagrad([], initialSquareSum: .nan)
    }
    expect(sum, says: "Adagrad: initialSquareSum is nan")
    let beta = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Lion([], beta2: 1.5)
    }
    expect(beta, says: "Lion: beta2 is 1.5; expected 0 or more and less than 1")
  }

  @Test("Langevin dynamics, and annealed noise")
  func langevin() async {
    let temperature = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = SGLD([], learningRate: 1, temperature: -1, noise: NoiseStream(seed: 1))
    }
    expect(temperature, says: "SGLD: temperature is -1.0; expected a finite number, 0 or more")
    let epsilon = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PreconditionedSGLD(
        [], learningRate: 1, temperature: 1, noise: NoiseStream(seed: 1), epsilon: 0)
    }
    expect(epsilon, says: "PreconditionedSGLD: epsilon is 0.0; expected a finite number above 0")
    let variance = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GradientNoise.annealed(variance: -1, from: NoiseStream(seed: 1))
    }
    expect(variance, says: "GradientNoise.annealed: variance is -1.0")
  }
}
