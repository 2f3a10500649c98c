import DitherData
import DitherRobustness
import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

/// Rows whose softmax is not defined, and one where it is although a logit is infinite.
private let withoutAnswer: [[Float]] = [
  [.nan, .nan, .nan], [5, 1, .nan], [.nan, 5, 1], [0, .infinity, .infinity], [.infinity, 0, 1],
  [-.infinity, -.infinity, -.infinity],
]

@Suite("A sample without a softmax is taken for no class, however a classifier is asked")
struct NoAnswerTests {
  private let noise = NoiseStream(seed: 1)
  private let ball = PerturbationBall(.maximum, radius: 0.1)

  private func constant(_ logits: [Float]) -> ClassifierFunction {
    ClassifierFunction(inputShape: [1], classes: logits.count) { inputs, _ in
      Tensor(logits, shape: [1, logits.count]).broadcast(to: [inputs.shape[0], logits.count])
    }
  }

  /// A row of each class.
  private let data = LabelledData(
    inputs: Tensor(zeros: [3, 1]), labels: [0, 1, 2], classes: 3, name: "three rows")

  @Test("It is wrong for every label, without noise and with it", arguments: withoutAnswer)
  func answers(logits: [Float]) {
    let classifier = constant(logits)
    for mode in [InferenceMode.clean, .sampled(draws: 2)] {
      let result = RandomAttack(within: ball, tries: 2).result(
        against: classifier, on: data, mode: mode, noise: noise)
      #expect(result.cleanAnswers == [nil, nil, nil] && result.answers == [nil, nil, nil])
      #expect(result.cleanAccuracy == 0 && result.robustAccuracy == 0)
      #expect(result.inputs == data.inputs && result.succeeded == [false, false, false])
      let errors = corruptionErrors(
        of: classifier, on: data, under: ImageCorruption.all(ImageShape(height: 1, width: 1)),
        mode: mode, noise: noise)
      #expect(errors.cleanError == 1 && errors.meanError == 1)
      let curve = NoiseSweep(
        .adding(Gaussian(standardDeviation: 1)), strengths: [1], trials: 2, noise: noise
      ).curve(of: classifier, on: data, mode: mode)
      for point in [curve.clean] + curve.points {
        #expect(point.accuracy == 0 && point.calibrationError == 1 && !point.loss.isFinite)
      }
    }
  }

  @Test("A prediction has no numbers for it, rejects it first, and counts it as certain and wrong")
  func predictions() {
    // Rows 0 and 2 are of class 0 by three to one; row 1 has no softmax in the second draw.
    let classifier = ClassifierFunction(inputShape: [1], classes: 2) { inputs, pass in
      let isSecond = pass.noise?.step == 1
      return Tensor(
        inputs.scalars.flatMap { $0 == 1 && isSecond ? [Float.nan, 0] : [1.0986123, 0] },
        shape: [inputs.shape[0], 2])
    }
    let prediction = monteCarloPrediction(
      of: classifier, for: Tensor(rows: [[0], [1], [2]]), draws: 3, noise: noise)
    #expect(prediction.answers == [0, nil, 0])
    #expect(prediction.predictiveEntropy.map(\.isNaN) == [false, true, false])
    #expect(prediction.expectedEntropy[1].isNaN && prediction.mutualInformation[1].isNaN)
    #expect(prediction.probabilities[1, 0].isNaN && prediction.confidences[1].isNaN)
    for label in 0..<2 {
      let labels = [0, label, 0]
      #expect(prediction.isCorrect(labels) == [true, false, true])
      #expect(prediction.rejection(labels).accuracies == [1, 1, 2.0 / 3])
      // Two rows of ¾ that are right, one of 1 that is wrong.
      #expect(abs(prediction.calibration(labels).value - (0.5 + 1) / 3) < 1e-6)
    }
    #expect(
      monteCarloPrediction(of: constant([1, -.infinity]), for: data.inputs, draws: 1, noise: noise)
        .answers == [0, 0, 0])
  }

  @Test("A certificate can only abstain for it", arguments: withoutAnswer)
  func certificates(logits: [Float]) {
    let smoothed = RandomizedSmoothing(of: constant(logits), standardDeviation: 1, noise: noise)
    let input = Tensor(zeros: [1, 1])
    #expect(smoothed.votes(for: input, draws: 0..<100) == [0, 0, 0])
    #expect(smoothed.predict(input) == nil)
    let certificate = smoothed.certify(input, draws: 1000)
    #expect(certificate.label == nil && certificate.radius == 0 && certificate.votes == 0)
  }

  @Test("Draws without an answer are a class of their own for a prediction, and no votes")
  func someDraws() {
    /// No answer above the level, else class 1.
    func smoothed(_ level: Float) -> RandomizedSmoothing<ClassifierFunction> {
      let classifier = ClassifierFunction(inputShape: [1], classes: 2) { inputs, _ in
        Tensor(
          inputs.scalars.flatMap { $0 > level ? [Float.nan, 1] : [0, 1] },
          shape: [inputs.shape[0], 2])
      }
      return RandomizedSmoothing(of: classifier, standardDeviation: 1, noise: noise)
    }
    let input = Tensor(zeros: [1, 1])
    // Φ(1) = 0.84 and Φ(−1) of a thousand draws: 6.2 deviations of 0.0116 are 10⁻⁹ on two sides.
    let votes = smoothed(1).votes(for: input, draws: 0..<1000)
    #expect(votes[0] == 0 && abs(Double(votes[1]) / 1000 - 0.8413) < 0.072)
    #expect(smoothed(1).predict(input) == 1)
    #expect(smoothed(-1).predict(input) == nil)
    // Neither is beyond chance.
    #expect(smoothed(0).predict(input, failureProbability: 1e-9) == nil)
    #expect(smoothed(1).certify(input, draws: 1000).label == 1)
    #expect(smoothed(-1).certify(input, draws: 1000).label == nil)
  }

  @Test("An attack finds it, and stays in its ball")
  func attacks() {
    // Class 0 below 0.05, no answer above.
    struct Edge: DifferentiableClassifier {
      let inputShape = [1]
      let classes = 2
      func logits(of inputs: Tensor, _ pass: Pass) -> Tensor {
        Tensor(
          inputs.scalars.flatMap { $0 > 0.05 ? [Float.nan, 1] : [1 - $0, 0] },
          shape: [inputs.shape[0], 2])
      }
      func differentiableLogits(
        of inputs: Tensor, _ pass: Pass
      ) -> (logits: Tensor, pullback: (Tensor) -> Tensor) {
        (logits(of: inputs, pass), { -$0.matmul(Tensor(rows: [[1], [0]])) })
      }
    }
    let data = LabelledData(
      inputs: Tensor(zeros: [1, 1]), labels: [0], classes: 2, name: "one row")
    let result = GradientAttack.projected(within: ball, steps: 8, randomStarts: 0).result(
      against: Edge(), on: data, noise: noise)
    #expect(result.cleanAnswers == [0] && result.answers == [nil] && result.succeeded == [true])
    #expect(result.inputs[0, 0] > 0.05 && result.inputs[0, 0] <= 0.1)
  }

  @Test("A saliency map of the class that a sample is taken for needs one")
  func saliency() async {
    let row = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = inputGradients(
        of: LinearScore(weight: [.nan]), at: Tensor(rows: [[1]]), noise: NoiseStream(seed: 1))
    }
    expect(row, says: "inputGradients: the sample of row 0 is taken for no class, as a logit")
  }
}
