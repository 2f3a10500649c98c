public import DitherData
import DitherRuntime
public import DitherTensors
public import NoiseDistributions

/// What an attack did to a classifier's answers.
public struct AttackResult: Sendable {
  /// The samples as the attack left them, [rows, features]: those that were answered wrongly before stay as they were.
  public let inputs: Tensor
  /// The class of each.
  public let labels: [Int]
  /// What the classifier took each sample for; nil for no class.
  public let cleanAnswers: [Int?]
  /// What it took each moved sample for; nil for no class.
  public let answers: [Int?]

  /// Of each sample whether the attack succeeded: it was answered rightly before and wrongly after.
  public var succeeded: [Bool] {
    labels.indices.map { cleanAnswers[$0] == labels[$0] && answers[$0] != labels[$0] }
  }
  /// The share of samples that were answered rightly before.
  public var cleanAccuracy: Double { share(of: cleanAnswers) }
  /// The share of samples that are answered rightly before and after.
  public var robustAccuracy: Double { share(of: answers) }
  /// The interval of Clopper and Pearson for ``robustAccuracy``: what the samples say of others like them.
  ///
  /// - Parameter confidence: above 0 and below 1; another stops the program.
  public func robustAccuracyInterval(confidence: Double = 0.95) -> ClosedRange<Double> {
    ClopperPearson.interval(
      successes: zip(answers, labels).count { $0 == $1 }, trials: labels.count,
      confidence: confidence)
  }

  private func share(of answers: [Int?]) -> Double {
    Double(zip(answers, labels).count { $0 == $1 }) / Double(labels.count)
  }
}

extension GradientAttack {
  /// Attacks every sample, and asks the classifier before and after.
  ///
  /// - Parameters:
  ///   - classifier: that is attacked.
  ///   - data: with at least one row, within the ball's range. Data that do not fit the classifier stop the program.
  ///   - mode: how the classifier is used.
  ///   - noise: as for ``adversaries(of:labels:against:mode:noise:)``; answers are draws 0 and up.
  ///   - batchSize: samples at once, at least 1. It changes no result.
  public func result(
    against classifier: some DifferentiableClassifier, on data: LabelledData,
    mode: InferenceMode = .clean, noise: NoiseStream, batchSize: Int = 256
  ) -> AttackResult {
    attackResult(of: classifier, on: data, mode, noise, batchSize, "GradientAttack") {
      adversaries(of: $0, labels: $1, against: classifier, mode: mode, noise: $2)
    }
  }
}

extension RandomAttack {
  /// Attacks every sample, and asks the classifier before and after.
  ///
  /// - Parameters:
  ///   - classifier: that is attacked.
  ///   - data: with at least one row, within the ball's range. Data that do not fit the classifier stop the program.
  ///   - mode: how the classifier is used.
  ///   - noise: as for ``adversaries(of:labels:against:mode:noise:)``; answers are draws 0 and up.
  ///   - batchSize: samples at once, at least 1. It changes no result.
  public func result(
    against classifier: some Classifier, on data: LabelledData, mode: InferenceMode = .clean,
    noise: NoiseStream, batchSize: Int = 256
  ) -> AttackResult {
    attackResult(of: classifier, on: data, mode, noise, batchSize, "RandomAttack") {
      adversaries(of: $0, labels: $1, against: classifier, mode: mode, noise: $2)
    }
  }
}

/// - Parameter attack: gives adversaries of some samples with their labels and the stream at their first row.
private func attackResult(
  of classifier: some Classifier, on data: LabelledData, _ mode: InferenceMode,
  _ noise: NoiseStream, _ batchSize: Int, _ operation: String,
  attack: (Tensor, [Int], NoiseStream) -> Tensor
) -> AttackResult {
  classifier.requireFits(data, operation)
  require(batchSize >= 1, "\(operation): batchSize is \(batchSize); expected at least 1")
  var (inputs, cleanAnswers, answers) = ([Tensor](), [Int?](), [Int?]())
  for first in stride(from: 0, to: data.count, by: batchSize) {
    let range = first..<min(first + batchSize, data.count)
    let (clean, labels) = (data.inputs.rows(range), Array(data.labels[range]))
    let stream = noise.advanced(byRows: first)
    let before = classifier.answers(clean, mode, stream)
    var moved = attack(clean, labels, stream)
    for row in labels.indices where before[row] != labels[row] {
      moved.replaceRow(row, byThatOf: clean)
    }
    inputs.append(moved)
    cleanAnswers += before
    answers += classifier.answers(moved, mode, stream)
  }
  return AttackResult(
    inputs: Tensor(concatenating: inputs), labels: data.labels, cleanAnswers: cleanAnswers,
    answers: answers)
}

extension Tensor {
  /// - Parameter other: of the same shape.
  fileprivate mutating func replaceRow(_ row: Int, byThatOf other: Tensor) {
    let columns = shape[1]
    other.withSpan { other in
      withMutableSpan { target in
        for index in row * columns..<(row + 1) * columns { target[index] = other[index] }
      }
    }
  }
}
