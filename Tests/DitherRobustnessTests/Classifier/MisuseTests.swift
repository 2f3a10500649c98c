import DitherData
import DitherRobustness
import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

@Suite("Misuse stops the program and is named")
struct RobustnessMisuseTests {
  @Test("Classifiers that are none, and passes that would write to a network")
  func classifiers() async {
    let classes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ClassifierFunction(inputShape: [3], classes: 1) { inputs, _ in inputs }
    }
    expect(classes, says: "ClassifierFunction: classes is 1; expected at least 2")
    let output = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NetworkClassifier(Linear(inputs: 3, outputs: 1).initialized(seed: 1), inputShape: [3])
    }
    expect(output, says: "for one sample of shape [3] has shape [1, 1]; expected [1, classes]")
    let pass = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let linear = Linear(inputs: 3, outputs: 2).initialized(seed: 1)
      _ = NetworkClassifier(linear, inputShape: [3]).differentiableLogits(
        of: Tensor(zeros: [1, 3]), .training(NoiseStream(seed: 1)))
    }
    expect(pass, says: "NetworkClassifier: the pass is one of training and wants the gradients")
    let logits = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let wrong = ClassifierFunction(inputShape: [3], classes: 2) { inputs, _ in inputs }
      _ = RandomizedSmoothing(of: wrong, standardDeviation: 1, noise: NoiseStream(seed: 1))
        .votes(for: Tensor(zeros: [1, 3]), draws: 0..<5)
    }
    expect(
      logits, says: "the classifier's logits for 5 inputs have shape [5, 3]; expected [5, 2]")
  }

  @Test("Data that do not fit the classifier")
  func data() async {
    let features = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let data = LabelledData(
        inputs: Tensor(zeros: [2, 4]), labels: [0, 1], classes: 2, name: "x")
      _ = RandomAttack(within: PerturbationBall(.maximum, radius: 1)).result(
        against: LinearScore(weight: [1, 1]), on: data, noise: NoiseStream(seed: 1))
    }
    expect(features, says: "RandomAttack: the data \"x\" have 4 features; expected 2")
    let label = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let data = LabelledData(
        inputs: Tensor(zeros: [2, 2]), labels: [0, 2], classes: 3, name: "x")
      _ = RandomizedSmoothing(
        of: LinearScore(weight: [1, 1]), standardDeviation: 1, noise: NoiseStream(seed: 1)
      ).certify(data, draws: 10)
    }
    expect(label, says: "RandomizedSmoothing: the class of row 1 is 2; expected 0 ..< 2")
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomizedSmoothing(
        of: LinearScore(weight: [1, 1]), standardDeviation: 1, noise: NoiseStream(seed: 1)
      ).certify(Tensor(zeros: [2, 2]))
    }
    expect(rows, says: "the input has shape [2, 2]; expected one sample")
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = inputGradients(
        of: LinearScore(weight: [1, 1]), at: Tensor(zeros: [3]), noise: NoiseStream(seed: 1))
    }
    expect(shape, says: "inputGradients: the inputs have shape [3]; expected [rows] + [2]")
    let range = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomAttack(within: PerturbationBall(.maximum, radius: 1, range: 0...1)).adversaries(
        of: Tensor(rows: [[0, 1], [0, 1.5]]), labels: [0, 0], against: LinearScore(weight: [1, 1]),
        noise: NoiseStream(seed: 1))
    }
    expect(range, says: "the input of row 1, column 1 is 1.5; expected one within 0.0…1.0")
  }

  @Test("Settings out of range")
  func settings() async {
    let radius = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PerturbationBall(.maximum, radius: -1)
    }
    expect(radius, says: "PerturbationBall: radius is -1.0; expected a finite number, 0 or more")
    let step = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GradientAttack(within: PerturbationBall(.maximum, radius: 1), steps: 3, stepSize: 0)
    }
    expect(step, says: "GradientAttack: stepSize is 0.0; expected a finite number above 0")
    let steps = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GradientAttack.projected(within: PerturbationBall(.maximum, radius: 1), steps: 0)
    }
    expect(steps, says: "GradientAttack: steps is 0; expected at least 1")
    let draws = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = inputGradients(
        of: LinearScore(weight: [1]), at: Tensor(zeros: [1, 1]), mode: .sampled(draws: 0),
        noise: NoiseStream(seed: 1))
    }
    expect(draws, says: "InferenceMode.sampled: draws is 0; expected at least 1")
    let alpha = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomizedSmoothing(
        of: LinearScore(weight: [1]), standardDeviation: 1, noise: NoiseStream(seed: 1)
      ).certify(Tensor(zeros: [1, 1]), draws: 10, failureProbability: 1)
    }
    expect(alpha, says: "failureProbability is 1.0; expected above 0 and below 1")
    let deviation = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomizedSmoothing(
        of: LinearScore(weight: [1]), standardDeviation: 0, noise: NoiseStream(seed: 1))
    }
    expect(deviation, says: "RandomizedSmoothing: standardDeviation is 0.0; expected a finite")
    let samples = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SmoothGrad(deviation: .absolute(1), samples: 1)
    }
    expect(samples, says: "SmoothGrad: samples is 1; expected at least 2")
    let successes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ClopperPearson.interval(successes: 4, trials: 3)
    }
    expect(successes, says: "ClopperPearson: successes is 4; expected 0…3, the trials")
    let tolerance = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = checkGradientMasking(
        of: TrainedDigits.plain, on: TrainedDigits.test,
        within: PerturbationBall(.maximum, radius: 0.1), largeRadius: 0.05,
        noise: NoiseStream(seed: 1))
    }
    expect(tolerance, says: "checkGradientMasking: largeRadius is 0.05; expected above the ball's")
  }

  @Test("More draws than a stream has rows, or numbers below 0")
  func draws() async {
    let most = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomizedSmoothing(
        of: LinearScore(weight: [1]), standardDeviation: 1, noise: NoiseStream(seed: 1)
      ).certify(Tensor(zeros: [1, 1]), draws: 5_000_000_000)
    }
    expect(
      most, says: "RandomizedSmoothing.certify: draws is 5000000000; expected 1…4294967196")
    let prediction = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = RandomizedSmoothing(
        of: LinearScore(weight: [1]), standardDeviation: 1, noise: NoiseStream(seed: 1)
      ).predict(Tensor(zeros: [1, 1]), draws: .max)
    }
    expect(prediction, says: "RandomizedSmoothing.predict: draws is", "expected 1…4294967296")
    let selection = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = RandomizedSmoothing(
        of: LinearScore(weight: [1]), standardDeviation: 1, noise: NoiseStream(seed: 1)
      ).certify(Tensor(zeros: [1, 1]), selectionDraws: .max)
    }
    expect(selection, says: "RandomizedSmoothing.certify: selectionDraws is", "4294967296")
    let end = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomizedSmoothing(
        of: LinearScore(weight: [1]), standardDeviation: 1, noise: NoiseStream(seed: 1)
      ).votes(for: Tensor(zeros: [1, 1]), draws: 4_294_967_290..<4_294_967_300)
    }
    expect(
      end,
      says:
        "RandomizedSmoothing: draws is 4294967290..<4294967300; expected numbers within 0 ..< 4294967296"
    )
    let start = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RandomizedSmoothing(
        of: LinearScore(weight: [1]), standardDeviation: 1, noise: NoiseStream(seed: 1)
      ).votes(for: Tensor(zeros: [1, 1]), draws: -5..<5)
    }
    expect(
      start, says: "RandomizedSmoothing: draws is -5..<5; expected numbers within 0 ..< 4294967296")
  }
}
