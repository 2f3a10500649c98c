import DitherData
import DitherRobustness
import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions

/// What the tests of one network gave, before it is compared with that without noise.
struct StudyMeasurement: Sendable {
  let curves: [SweepCurve]
  let corruptions: CorruptionErrors?
  let cleanAnswers: StudyReport.Answers
  let noisyAnswers: StudyReport.Answers
  let certificates: StudyReport.Certificates
  let attacks: [StudyReport.Attack]
  let gradientMasking: StudyReport.GradientMasking
  let uncertainty: StudyReport.Uncertainty
  let propagation: [StudyReport.Propagation]

  /// - Parameter name: of the network, for messages.
  /// - Throws: `InputError` where its answers are no numbers.
  init(_ network: StudyNetwork, _ name: String, by plan: StudyTestPlan) throws {
    try self.init(network.classifier, network.layer, name, by: plan)
  }

  private init(
    _ classifier: some DifferentiableClassifier, _ layer: any Layer, _ name: String,
    by plan: StudyTestPlan
  ) throws {
    curves = plan.sweeps.map { $0.curve(of: classifier, on: plan.test) }
    for curve in curves { try Self.requireFinite(curve, name) }
    corruptions = plan.image.map { image in
      corruptionErrors(
        of: classifier, on: plan.test, under: ImageCorruption.all(image),
        noise: plan.stream(.corruptions))
    }
    cleanAnswers = Self.answers(of: classifier, to: plan.test.inputs, plan)
    noisyAnswers = Self.answers(
      of: classifier, to: plan.noisyInputs(plan.sweeps[0].strengths[plan.searched]), plan)
    certificates = plan.certificates(of: classifier)
    attacks = plan.attacks(on: classifier)
    gradientMasking = plan.gradientMasking(of: classifier)
    uncertainty = try plan.uncertainty(of: classifier, layer, name)
    propagation = plan.propagation(through: layer)
  }

  /// Throws before a figure is made of numbers that are none.
  private static func requireFinite(_ curve: SweepCurve, _ name: String) throws(InputError) {
    for point in [curve.clean] + curve.points where !point.loss.isFinite {
      let noise = curve.sweep.testNoise
      let place = point.strength.map { "under test noise, \(noise.name) of \(noise.axis) \($0)" }
      throw InputError(
        "\(name): the loss on the test rows \(place ?? "without noise") is \(point.loss); expected a finite number, as with a smaller --test-noise, or inputs nearer to 1"
      )
    }
  }

  private static func answers(
    of classifier: some Classifier, to inputs: Tensor, _ plan: StudyTestPlan
  ) -> StudyReport.Answers {
    let labels = plan.test.labels
    let logits = classifier.logits(of: inputs, .inference)
    var confusion = ConfusionMatrix(classes: plan.test.classes)
    confusion.add(logits, labels)
    var calibration = CalibrationError()
    calibration.add(logits, labels)
    let width = 1 / Double(calibration.bins.count)
    let classes = 0..<plan.test.classes
    return StudyReport.Answers(
      confusion: classes.map { actual in classes.map { confusion[actual, $0] } },
      reliability: calibration.bins.enumerated().map { index, bin in
        let rows = Double(bin.rows)
        return StudyReport.ReliabilityBin(
          lower: Double(index) * width, upper: Double(index + 1) * width, rows: bin.rows,
          accuracy: bin.rows > 0 ? Double(bin.correct) / rows : nil,
          confidence: bin.rows > 0 ? bin.confidence / rows : nil)
      })
  }
}

extension StudyReport.Estimate {
  init(_ estimate: BootstrapEstimate) {
    self.init(
      value: estimate.value, lower: estimate.interval.lowerBound,
      upper: estimate.interval.upperBound)
  }

  init(_ value: Double, _ interval: ClosedRange<Double>) {
    self.init(value: value, lower: interval.lowerBound, upper: interval.upperBound)
  }
}
