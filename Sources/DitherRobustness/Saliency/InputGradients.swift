import DitherRuntime
public import DitherTensors
public import NoiseDistributions

/// How the elements of each sample move the logit of a class: ∂ logits[class] / ∂ input, its mean over draws where the classifier is
/// used with its noise.
///
/// ```swift
/// let classifier = NetworkClassifier(model, inputShape: [64])
/// let map = inputGradients(of: classifier, at: inputs, noise: NoiseStream(seed: 42)).absolute()
/// ```
///
/// Simonyan, Vedaldi & Zisserman 2014, *Deep inside convolutional networks*.
///
/// - Parameters:
///   - classifier: that is asked.
///   - inputs: shape [rows] + the classifier's input shape, or [rows, features]; others stop the program.
///   - classes: of each sample the class whose logit it is; nil, the default, for the one that it is taken for.
///   - mode: how the classifier is used.
///   - noise: of the classifier, from the stream's step on. For a part of the samples also at its first row.
/// - Returns: the shape of `inputs`.
public func inputGradients(
  of classifier: some DifferentiableClassifier, at inputs: Tensor, classes: [Int]? = nil,
  mode: InferenceMode = .clean, noise: NoiseStream
) -> Tensor {
  let matrix = classifier.matrix(inputs, "inputGradients")
  let slopes = classifier.slopes(ofClasses: classes, at: matrix, mode, noise, "inputGradients")
  return classifier.inputGradient(at: matrix, mode.passes(noise, round: 1, gradients: .input)) {
    _ in slopes
  }.reshaped(to: inputs.shape)
}

extension Classifier {
  /// The gradient of each sample's chosen logit with respect to all logits: that of the answer where no class is chosen.
  func slopes(
    ofClasses chosen: [Int]?, at matrix: Tensor, _ mode: InferenceMode, _ noise: NoiseStream,
    _ operation: String
  ) -> Tensor {
    let labels =
      chosen
      ?? answers(matrix, mode, noise).enumerated().map { row, answer in
        guard let answer else {
          misuse(
            "\(operation): the sample of row \(row) is taken for no class, as a logit is NaN or the greatest is infinite; expected finite logits, or classes"
          )
        }
        return answer
      }
    requireLabels(labels, rows: matrix.shape[0], operation)
    return oneHot(labels, classes: classes)
  }
}
