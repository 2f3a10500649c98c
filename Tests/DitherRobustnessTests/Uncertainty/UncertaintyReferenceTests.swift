import DitherData
import DitherRobustness
import DitherTensors
import DitherTraining
import NoiseDistributions
import TestSupport
import Testing

@Suite("Uncertainty is that of SciPy and NumPy")
struct UncertaintyReferenceTests {
  private func lines(_ kind: String) throws -> [[String]] {
    try referenceLines(kind, in: "uncertainty")
  }

  /// A classifier of row numbers: logits of draw d and row r, [draws, rows, classes].
  private func classifier(_ logits: [Float], rows: Int, classes: Int) -> ClassifierFunction {
    ClassifierFunction(inputShape: [1], classes: classes) { inputs, pass in
      let first = (pass.noise?.step ?? 0) * rows
      let values = inputs.scalars.flatMap { row in
        logits[(first + Int(row)) * classes..<(first + Int(row) + 1) * classes]
      }
      return Tensor(values, shape: [inputs.shape[0], classes])
    }
  }

  private func rowNumbers(_ rows: Int) -> Tensor {
    Tensor((0..<rows).map { Float($0) }, shape: [rows, 1])
  }

  @Test("The area under the ROC is Mann and Whitney's U over all pairs")
  func areas() throws {
    for line in try lines("areas") {
      let (positives, negatives) = (try decodeDoubles(line[0]), try decodeDoubles(line[1]))
      let expected = try decodeDoubles(line[2])[0]
      let area = areaUnderROC(positives: positives, negatives: negatives)
      #expect(abs(area - expected) < 1e-15)
    }
  }

  @Test(
    "Predictive and expected entropy are SciPy's, the mutual information is the mean divergence")
  func entropies() throws {
    for line in try lines("entropies") {
      let (draws, rows, classes) = (
        try integer(line[0]), try integer(line[1]), try integer(line[2])
      )
      let logits = try decodeFloats(line[3])
      let prediction = monteCarloPrediction(
        of: classifier(logits, rows: rows, classes: classes), for: rowNumbers(rows), draws: draws,
        noise: NoiseStream(seed: 1), batchSize: 5)
      let received = [
        prediction.predictiveEntropy, prediction.expectedEntropy, prediction.mutualInformation,
      ]
      for (received, text) in zip(received, line[4...]) {
        let expected = try decodeDoubles(text)
        #expect(received.count == rows && expected.count == rows)
        for (one, other) in zip(received, expected) {
          #expect(abs(one - other) < 1e-13, "\(draws) draws of \(rows) rows")
        }
      }
    }
  }

  /// Confidences are of single precision.
  @Test("The calibration error is NumPy's, of a prediction as of a sweep's curve")
  func calibration() throws {
    for line in try lines("calibration") {
      let (bins, rows, classes) = (try integer(line[0]), try integer(line[1]), try integer(line[2]))
      let (logits, labels) = (try decodeFloats(line[3]), try decodeIntegers(line[4]))
      let expected = try decodeDoubles(line[5])[0]
      let classifier = classifier(logits, rows: rows, classes: classes)
      let prediction = monteCarloPrediction(
        of: classifier, for: rowNumbers(rows), draws: 1, noise: NoiseStream(seed: 1))
      #expect(abs(prediction.calibration(labels, bins: bins).value - expected) < 1e-6)
      let data = LabelledData(
        inputs: rowNumbers(rows), labels: labels, classes: classes, name: "row numbers")
      let curve = NoiseSweep(
        .adding(Constant(value: 0)), strengths: [1], bins: bins, noise: NoiseStream(seed: 1)
      ).curve(of: classifier, on: data)
      #expect(abs(curve.clean.calibrationError - expected) < 1e-6)
      #expect(abs(curve.points[0].calibrationError - expected) < 1e-6)
    }
  }

  @Test("Accuracies against rejection are the running means of the answers in order of uncertainty")
  func rejection() throws {
    for line in try lines("rejection") {
      let (uncertainty, correct) = (try decodeDoubles(line[0]), try decodeIntegers(line[1]))
      let expected = try decodeDoubles(line[2])
      let curve = RejectionCurve(uncertainty: uncertainty, isCorrect: correct.map { $0 == 1 })
      #expect(curve.accuracies.count == expected.count)
      for (one, other) in zip(curve.accuracies, expected) { #expect(abs(one - other) < 1e-15) }
    }
  }
}
