public import DitherData
import DitherRuntime
public import DitherTensors
public import Layers

/// What ``evaluate(_:on:loss:batchSize:)`` finds out about a network.
public struct Evaluation: Sendable {
  /// Rows in all.
  public let rows: Int
  /// The mean loss of a row.
  public let loss: Double
  /// The share of rows that were answered rightly.
  public let accuracy: Double
  /// The expected calibration error, in 15 bins: ``CalibrationError``.
  public let calibrationError: Double
  /// How often rows of each class were taken for each.
  public let confusion: ConfusionMatrix
}

/// Runs a network without noise over all rows, and compares its answers with their labels.
///
/// ```swift
/// let digits = try Digits.load()
/// let result = evaluate(model, on: digits)
/// print(result.accuracy, result.confusion)
/// ```
///
/// - Parameters:
///   - model: its output is [rows, classes of the data].
///   - data: with at least one row; others stop the program.
///   - loss: as in training.
///   - batchSize: rows at once, at least 1. It changes no result.
public func evaluate(
  _ model: some Layer, on data: LabelledData,
  loss: @escaping TrainingLoss = { crossEntropy($0, $1, count: $2) }, batchSize: Int = 256
) -> Evaluation {
  var meanLoss = MeanLoss(loss)
  var calibration = CalibrationError()
  var confusion = ConfusionMatrix(classes: data.classes)
  forEachBatch(of: data, size: batchSize, model) { outputs, labels in
    meanLoss.add(outputs, labels)
    calibration.add(outputs, labels)
    confusion.add(outputs, labels)
  }
  return Evaluation(
    rows: data.count, loss: meanLoss.value, accuracy: confusion.value,
    calibrationError: calibration.value, confusion: confusion)
}

/// Runs a network without noise over all rows, and gathers one figure.
///
/// ```swift
/// let topThree = evaluate(model, on: data, by: TopKAccuracy(k: 3)).value
/// ```
///
/// - Parameters:
///   - model: what answers.
///   - data: with at least one row; others stop the program.
///   - metric: goes on from what it holds.
///   - batchSize: rows at once, at least 1. It changes no result.
/// - Returns: the metric with all rows.
public func evaluate<Figure: Metric>(
  _ model: some Layer, on data: LabelledData, by metric: Figure, batchSize: Int = 256
) -> Figure {
  var metric = metric
  forEachBatch(of: data, size: batchSize, model) { metric.add($0, $1) }
  return metric
}

/// The outputs of a network without noise for all rows, computed some rows at once.
///
/// Of logits, `indicesOfRowMaxima()` gives the classes:
///
/// ```swift
/// let classes = predict(model, inputs).indicesOfRowMaxima()
/// ```
///
/// - Parameters:
///   - model: what answers.
///   - inputs: a row a sample, at least one; none stops the program.
///   - batchSize: rows at once, at least 1. It changes no result.
/// - Returns: a row for each row of the inputs.
public func predict(_ model: some Layer, _ inputs: Tensor, batchSize: Int = 256) -> Tensor {
  require(
    inputs.rank >= 1 && inputs.shape[0] > 0,
    "predict: the inputs have shape \(inputs.shape); expected at least one row")
  return predict(inputs, batchSize: batchSize) { rows, _ in model(rows) }
}

/// The same of a function that is given some rows and the place of the first of them.
package func predict<Failure>(
  _ inputs: Tensor, batchSize: Int = 256, by body: (Tensor, Int) throws(Failure) -> Tensor
) throws(Failure) -> Tensor {
  var outputs: [Tensor] = []
  for range in parts(of: inputs.shape[0], size: batchSize) {
    outputs.append(try body(inputs.rows(range), range.lowerBound))
  }
  return Tensor(concatenating: outputs)
}

/// Gives `body` the outputs and labels of all rows in their order, a batch at a time.
func forEachBatch(
  of data: LabelledData, size: Int, _ model: some Layer, _ body: (Tensor, [Int]) -> Void
) {
  require(data.count > 0, "evaluate: the data \"\(data.name)\" have no rows; expected at least one")
  for range in parts(of: data.count, size: size) {
    body(model(data.inputs.rows(range)), Array(data.labels[range]))
  }
}

/// The ranges of rows that some rows are split into.
func parts(of rows: Int, size: Int) -> [Range<Int>] {
  require(size >= 1, "batchSize is \(size); expected at least 1")
  return stride(from: 0, to: rows, by: size).map { $0..<min($0 + size, rows) }
}
