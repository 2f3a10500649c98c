import DitherTensors
import NoiseDistributions
import Optimizers
import TestSupport
import Testing

@Suite("Bad hyperparameters stop the program and are named")
struct MisuseTests {
  @Test("Learning rates below zero, infinite or not a number, and parameters without a value")
  func learningRate() async {
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([], learningRate: -0.5)
    }
    expect(negative, says: "SGD: learningRate is -0.5; expected a finite number, 0 or more")
    let notANumber = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Adam([], learningRate: .nan)
    }
    expect(notANumber, says: "Adam: learningRate is nan")
    let infinite = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AdamW([], learningRate: .infinity)
    }
    expect(infinite, says: "AdamW: learningRate is inf")
    let withoutValue = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let parameter = Parameter(shape: [2]) { _, _ in Tensor([0, 0]) }
      _ = AdamW([Parameter(Tensor([1])), parameter], learningRate: 1)
    }
    expect(withoutValue, says: "AdamW: parameter 1 of shape [2] has no value yet")
    for optimizer in OptimizerCase.allCases {
      let later = await #expect(
        processExitsWith: .failure, observing: [\.standardErrorContent]
      ) { [optimizer = optimizer as OptimizerCase] in
        optimizer.make([]).learningRate = -2
      }
      expect(later, says: "learningRate is -2.0")
    }
  }

  @Test("Momentum, Nesterov and weight decay")
  func sgd() async {
    let momentum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([], learningRate: 1, momentum: 1.5)
    }
    expect(momentum, says: "SGD: momentum is 1.5; expected a number from 0 to 1")
    let nesterov = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([], learningRate: 1, nesterov: true)
    }
    expect(nesterov, says: "SGD: nesterov with momentum 0.0")
    let decay = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([], learningRate: 1, weightDecay: -1)
    }
    expect(decay, says: "SGD: weightDecay is -1.0")
  }

  @Test("Betas, epsilon and weight decay of Adam and AdamW")
  func adam() async {
    let beta1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Adam([], beta1: 1)
    }
    expect(beta1, says: "Adam: beta1 is 1.0; expected 0 or more and less than 1")
    let beta2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AdamW([], beta2: -0.1)
    }
    expect(beta2, says: "AdamW: beta2 is -0.1")
    let epsilon = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Adam([], epsilon: -1e-8)
    }
    expect(epsilon, says: "Adam: epsilon is -1e-08")
    let decay = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AdamW([], weightDecay: .nan)
    }
    expect(decay, says: "AdamW: weightDecay is nan")
  }

  @Test("A bound of clipping below zero or not a number")
  func clipping() async {
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      clipGradients(of: [], maximumNorm: -1)
    }
    expect(negative, says: "clipGradients: maximumNorm is -1.0; expected 0 or more")
    let notANumber = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      clipGradients(of: [], maximumNorm: .nan)
    }
    expect(notANumber, says: "clipGradients: maximumNorm is nan")
  }
  @Test("Gradient noise at a scale that no gradient can give")
  func gradientNoise() async {
    let learned = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GradientNoise(
        .adding(Gaussian(standardDeviation: 1), scale: .learned(0.2)), from: NoiseStream(seed: 1))
    }
    expect(learned, says: "GradientNoise: the rule is adding(")
    let padded = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GradientNoise(
        .adding(
          Gaussian(standardDeviation: 1),
          scale: .signalToNoiseRatio(decibels: 10).overTrueSamples()), from: NoiseStream(seed: 1))
    }
    expect(padded, says: "expected a scale that is fixed, scheduled, or relative to the signal")
  }
}
