import DitherRuntime
public import DitherTensors
public import DitherTraining
import Layers
public import NoiseDistributions

/// What a classifier with noise of its own answers over many draws, and how sure it is.
///
/// With p_d the probabilities of draw d and p̄ their mean, in nats:
///
/// - the predictive entropy H(p̄) = −Σ_c p̄_c · ln p̄_c is all of the uncertainty;
/// - the expected entropy, the mean of H(p_d), is what stays however well the weights were known (aleatoric);
/// - the mutual information of answer and noise, H(p̄) less the mean of H(p_d), is what the draws disagree about (epistemic; BALD).
///
/// A row without a softmax in one of the draws has no answer (see ``Classifier``): its numbers are NaN.
///
/// Gal & Ghahramani 2016, *Dropout as a Bayesian approximation*; Houlsby, Huszár, Ghahramani & Lengyel 2011, *Bayesian active learning
/// for classification and preference learning*.
public struct MonteCarloPrediction: Sendable {
  /// Draws that the means are over.
  public let draws: Int
  /// p̄, [rows, classes].
  public let probabilities: Tensor
  /// H(p̄) of each row, 0 … ln(classes).
  public let predictiveEntropy: [Double]
  /// The mean of H(p_d) of each row.
  public let expectedEntropy: [Double]
  /// The class of the greatest mean probability of each row, the first of equals; nil for a row without an answer.
  public let answers: [Int?]
  /// ln p̄, before it is rounded to a probability.
  private let scores: Tensor

  init(_ parts: [ProbabilitySums]) {
    draws = parts[0].draws
    let classes = parts[0].classes
    let means = parts.flatMap(\.meanProbabilities)
    let rows = means.count / classes
    probabilities = Tensor(means.map { Float($0) }, shape: [rows, classes])
    scores = Tensor(concatenating: parts.map(\.scores))
    answers = parts.flatMap(\.answers)
    expectedEntropy = parts.flatMap { part in part.entropies.map { $0 / Double(part.draws) } }
    predictiveEntropy = (0..<rows).map { row in
      entropy(ofProbabilities: means[row * classes..<(row + 1) * classes])
    }
  }

  /// Of each row H(p̄) less the mean of H(p_d): 0 or more, and 0 where all draws agree.
  public var mutualInformation: [Double] {
    // Never below 0 but for rounding; what is not a number stays so.
    zip(predictiveEntropy, expectedEntropy).map { max($0 - $1, 0) }
  }
  /// The greatest mean probability of each row.
  public var confidences: [Float] { probabilities.rowMaxima().scalars }

  /// Of each row whether it was answered rightly: without an answer it was not.
  ///
  /// - Parameter labels: the class of each; another number of them stops the program.
  public func isCorrect(_ labels: [Int]) -> [Bool] {
    let answers = answers
    require(
      labels.count == answers.count,
      "MonteCarloPrediction: \(labels.count) labels for \(answers.count) rows; expected one for each"
    )
    return zip(answers, labels).map { $0 == $1 }
  }

  /// The expected calibration error of the mean probabilities, with its bins. A row without an answer counts as one of confidence 1
  /// that is wrong.
  ///
  /// - Parameters:
  ///   - labels: the class of each row, one of the classes; others stop the program.
  ///   - bins: at least 1; another number stops the program.
  public func calibration(_ labels: [Int], bins: Int = 15) -> CalibrationError {
    var error = CalibrationError(bins: bins)
    // The metric takes a row of NaN for class 0.
    let isAnswered = answers.map { $0 != nil }
    error.add(scores, zip(isAnswered, labels).map { $0 ? $1 : max($1, 1) })
    return error
  }

  /// The accuracy where the rows with the greatest predictive entropy are rejected, those without an answer first.
  ///
  /// - Parameter labels: the class of each row; another number of them stops the program.
  public func rejection(_ labels: [Int]) -> RejectionCurve {
    RejectionCurve(
      uncertainty: predictiveEntropy.map { $0.isNaN ? .infinity : $0 },
      isCorrect: isCorrect(labels))
  }
}

/// Asks a classifier with its own noise, many times.
///
/// ```swift
/// let classifier = NetworkClassifier(model, inputShape: [64])
/// let prediction = monteCarloPrediction(
///   of: classifier, for: inputs, draws: 50, noise: NoiseStream(seed: 42))
/// print(prediction.answers, prediction.predictiveEntropy, prediction.mutualInformation)
/// print(prediction.calibration(labels).value, prediction.rejection(labels).area)
/// ```
///
/// - Parameters:
///   - classifier: that is asked. One without noise gives the same answer every time: its mutual information is 0.
///   - inputs: shape [rows] + the classifier's input shape, or [rows, features]; others stop the program.
///   - draws: at least 1.
///   - noise: of the classifier: draw d at the stream's step plus d, row r at its first row plus r, in the domain of sampling.
///   - batchSize: samples at once, at least 1. It changes no result. Other numbers stop the program.
public func monteCarloPrediction(
  of classifier: some Classifier, for inputs: Tensor, draws: Int, noise: NoiseStream,
  batchSize: Int = 256
) -> MonteCarloPrediction {
  require(draws >= 1, "monteCarloPrediction: draws is \(draws); expected at least 1")
  require(batchSize >= 1, "monteCarloPrediction: batchSize is \(batchSize); expected at least 1")
  noise.requireSteps(draws, "monteCarloPrediction")
  let matrix = classifier.matrix(inputs, "monteCarloPrediction")
  let count = matrix.shape[0]
  return MonteCarloPrediction(
    stride(from: 0, to: count, by: batchSize).map { first in
      let rows = first..<min(first + batchSize, count)
      let passes = InferenceMode.sampled(draws: draws).passes(noise.advanced(byRows: first))
      return classifier.probabilitySums(ofRows: matrix.rows(rows), passes)
    })
}

/// −Σ p · ln p, in nats.
private func entropy(ofProbabilities probabilities: ArraySlice<Double>) -> Double {
  probabilities.reduce(0) { $1 == 0 ? $0 : $0 - $1 * ReproducibleDoubleMath.log($1) }
}
