import DitherData
import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions

// How this module asks a classifier: samples are the rows of a matrix here, whatever shape the classifier gives them.
extension Classifier {
  /// Numbers of one sample.
  var features: Int { inputShape.reduce(1, *) }

  /// Samples as a matrix, [rows, features]. Stops at inputs that do not fit.
  func matrix(_ inputs: Tensor, _ operation: String) -> Tensor {
    let rows = inputs.shape.first ?? 0
    require(
      rows >= 1 && (inputs.shape == [rows] + inputShape || inputs.shape == [rows, features]),
      "\(operation): the inputs have shape \(inputs.shape); expected [rows] + \(inputShape), the classifier's, or [rows, \(features)], with at least one row"
    )
    return inputs.reshaped(to: [rows, features])
  }

  /// Stops at data that this classifier cannot have been made for.
  func requireFits(_ data: LabelledData, _ operation: String) {
    require(
      data.count > 0,
      "\(operation): the data \"\(data.name)\" have no rows; expected at least one")
    require(
      data.features == features,
      "\(operation): the data \"\(data.name)\" have \(data.features) features; expected \(features), as the classifier's inputs of shape \(inputShape)"
    )
    requireLabels(data.labels, rows: data.count, operation)
  }

  func requireLabels(_ labels: [Int], rows: Int, _ operation: String) {
    require(
      labels.count == rows,
      "\(operation): \(labels.count) classes for \(rows) inputs; expected one for each")
    for (row, label) in labels.enumerated() where label < 0 || label >= classes {
      misuse(
        "\(operation): the class of row \(row) is \(label); expected 0 ..< \(classes), the classifier's"
      )
    }
  }

  /// The logits of the rows of a matrix.
  func logits(ofRows matrix: Tensor, _ pass: Pass) -> Tensor {
    let rows = matrix.shape[0]
    let logits = logits(of: matrix.reshaped(to: [rows] + inputShape), pass)
    requireLogits(logits, rows: rows)
    return logits
  }

  func requireLogits(_ logits: Tensor, rows: Int) {
    require(
      logits.shape == [rows, classes],
      "the classifier's logits for \(rows) inputs have shape \(logits.shape); expected [\(rows), \(classes)]"
    )
  }

  /// The class of each row of a matrix; nil for none.
  func answers(_ matrix: Tensor, _ mode: InferenceMode, _ noise: NoiseStream) -> [Int?] {
    guard case .sampled = mode else { return logits(ofRows: matrix, .inference).answersOfRows() }
    return probabilitySums(ofRows: matrix, mode.passes(noise)).answers
  }
}

extension Tensor {
  /// Of a matrix of logits the class of each row; nil where the softmax is not defined.
  func answersOfRows() -> [Int?] {
    let columns = shape[1]
    let greatest = indicesOfRowMaxima()
    return withSpan { logits in
      // A NaN counts as the greatest.
      greatest.enumerated().map { logits[$0 * columns + $1].isFinite ? $1 : nil }
    }
  }
}

extension DifferentiableClassifier {
  /// The gradient, at the rows of a matrix, of a function of the logits, as the mean over passes.
  ///
  /// - Parameter slopes: the function's gradient with respect to the logits.
  func inputGradient(
    at matrix: Tensor, _ passes: [Pass], slopes: (_ logits: Tensor) -> Tensor
  ) -> Tensor {
    let shape = [matrix.shape[0]] + inputShape
    var sum: Tensor?
    for pass in passes {
      let (logits, pullback) = differentiableLogits(of: matrix.reshaped(to: shape), pass)
      requireLogits(logits, rows: shape[0])
      let gradient = pullback(slopes(logits))
      require(
        gradient.shape == shape,
        "the classifier's gradient of inputs of shape \(shape) has shape \(gradient.shape); expected theirs"
      )
      if sum == nil { sum = gradient } else { sum! += gradient }
    }
    guard var mean = sum else { misuse("a gradient is the mean over no passes") }
    if passes.count > 1 { mean /= Float(passes.count) }
    return mean.reshaped(to: matrix.shape)
  }
}

/// The gradient of each row's cross-entropy: softmax(logits) − onehot(label). The label's is the others' sum below 0, which
/// keeps its digits where the network is sure.
func crossEntropySlopes(_ logits: Tensor, _ labels: [Int]) -> Tensor {
  let classes = logits.shape[1]
  var slopes = logits.softmax()
  slopes.withMutableSpan { slopes in
    for (row, label) in labels.enumerated() {
      var others: Float = 0
      for other in 0..<classes where other != label { others += slopes[row * classes + other] }
      slopes[row * classes + label] = -others
    }
  }
  return slopes
}

/// 1 at each row's class, else 0: the gradient of that class's logit.
func oneHot(_ labels: [Int], classes: Int) -> Tensor {
  var result = Tensor(zeros: [labels.count, classes])
  result.withMutableSpan { span in
    for (row, label) in labels.enumerated() { span[row * classes + label] = 1 }
  }
  return result
}

extension NoiseStream {
  /// Stops at a stream whose step is held where more than one step is wanted of it: all of them would have the same draws.
  func requireSteps(_ count: Int, _ operation: String) {
    require(
      count <= 1 || !isFrozen,
      "\(operation): the step of the noise is held, and \(count) steps of it are wanted; expected a stream that can move on, not a frozen one"
    )
  }

  /// The stream some rows further on: that of a part of the samples.
  func advanced(byRows rows: Int) -> NoiseStream { self.rows(from: firstRow + rows) }

  /// A matrix of draws in the domain of evaluation.
  func evaluationDraws(
    from distribution: some NoiseDistribution, site: String, rows: Int, columns: Int
  ) -> Tensor {
    Tensor(uninitialized: [rows, columns]) { span in
      self.in(.evaluation).fill(
        &span, from: distribution, site: site, rows: rows, columns: columns)
    }
  }
}
