import DitherData
import DitherRobustness
import DitherTensors

/// A few test rows under growing test noise.
struct StudyExamples {
  private static let most = 6
  /// Beyond this many numbers a row, fewer are shown.
  private static let wide = 2048

  let plan: StudyTestPlan
  let networks: [StudyNetwork]

  /// The first row of each of the first classes.
  private var rows: [Int] {
    let most = plan.test.features > Self.wide ? 2 : Self.most
    let rows = (0..<plan.test.classes).compactMap { plan.test.labels.firstIndex(of: $0) }
    return Array(rows.prefix(most))
  }

  var examples: [StudyReport.Example] {
    let rows = self.rows
    let classifiers = networks.map(\.classifier)
    let strengths = plan.sweeps[0].strengths
    let versions = strengths.map { strength in
      let inputs = plan.noisyInputs(strength)
      let shown = Tensor(concatenating: rows.map { inputs.rows($0..<$0 + 1) })
      return version(shown, strength, classifiers)
    }
    return rows.enumerated().map { place, row in
      StudyReport.Example(
        row: row, label: plan.test.labels[row], versions: versions.map { $0[place] })
    }
  }

  /// One for each of the inputs.
  private func version(
    _ inputs: Tensor, _ strength: Float, _ classifiers: [any DifferentiableClassifier]
  ) -> [StudyReport.Version] {
    let answers = classifiers.map { classifier in
      let probabilities = classifier.logits(of: inputs, .inference).softmax()
      return zip(probabilities.indicesOfRowMaxima(), probabilities.rowMaxima().scalars)
    }.map(Array.init)
    return (0..<inputs.shape[0]).map { row in
      StudyReport.Version(
        strength: Double(shortest: strength),
        inputs: inputs.rows(row..<row + 1).scalars.map { (Double($0) * 1000).rounded() / 1000 },
        answers: answers.map {
          StudyReport.Answer(label: $0[row].0, confidence: Double($0[row].1))
        })
    }
  }
}
