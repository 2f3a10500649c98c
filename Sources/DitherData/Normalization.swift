import DitherRuntime
public import DitherTensors

/// Subtracts a mean and divides by a standard deviation: those of the data that it was fitted to, whatever it is applied to.
///
/// y = (x − mean) / standardDeviation, by column or with one of each for all. Fit it to the training part and apply it to every
/// part: what the test part is like is not known beforehand.
///
/// ```swift
/// let (training, test) = data.stratifiedSplit(testFraction: 0.25, seed: 1)
/// let normalization = Normalization(fittedTo: training.inputs)
/// let (normalTraining, normalTest) = (normalization(training), normalization(test))
/// ```
public struct Normalization: Hashable, Codable, Sendable {
  /// Of each column, or one of all elements.
  public let mean: [Float]
  /// Of each column, or one of all elements; 1 where the data were constant, which are then 0.
  public let standardDeviation: [Float]

  /// Stops unless there are as many means as standard deviations, one at least, all finite and the latter above 0.
  public init(mean: [Float], standardDeviation: [Float]) {
    if let problem = Normalization.problem(mean, standardDeviation) { misuse(problem) }
    (self.mean, self.standardDeviation) = (mean, standardDeviation)
  }

  /// The mean and the standard deviation √(Σ (x − mean)² / n) of data.
  ///
  /// - Parameters:
  ///   - inputs: rows along all axes but the last, whose index is the column. Stops where there are none, and at an element that
  ///     is not finite.
  ///   - lengths: where inputs are `[samples, times, columns]`, padded: how many times of each sample are true. All without it.
  ///   - overall: one mean and one standard deviation of all elements together, for columns that are all of a kind, such as pixels.
  public init(fittedTo inputs: Tensor, lengths: [Int]? = nil, overall: Bool = false) {
    require(
      inputs.rank >= 1 && inputs.count > 0,
      "Normalization: inputs of shape \(inputs.shape); expected rows of one column at least")
    let columns = overall ? 1 : inputs.shape[inputs.rank - 1]
    let ranges = Normalization.trueElements(of: inputs, lengths)
    let count = ranges.reduce(0) { $0 + $1.count } / columns
    require(count > 0, "Normalization: lengths \(lengths ?? []); expected one above 0")
    // Once for the mean and once for the deviations from it, in double: nothing cancels.
    let means = inputs.withSpan { span in
      Normalization.sums(span, ranges, columns) { value, _ in value }
    }.map { $0 / Double(count) }
    let squares = inputs.withSpan { span in
      Normalization.sums(span, ranges, columns) { value, column in
        (value - means[column]) * (value - means[column])
      }
    }
    let deviations = squares.map { Float(($0 / Double(count)).squareRoot()) }
    self.init(
      mean: means.map { Float($0) }, standardDeviation: deviations.map { $0 == 0 ? 1 : $0 })
  }

  /// The same shape, normalised. Stops unless the last axis has as many columns as this was fitted to, or one was fitted to all.
  public func callAsFunction(_ inputs: Tensor) -> Tensor {
    require(
      mean.count == 1 || (inputs.rank >= 1 && inputs.shape[inputs.rank - 1] == mean.count),
      "Normalization: inputs of shape \(inputs.shape); expected \(mean.count) columns")
    return (inputs - Tensor(mean)) / Tensor(standardDeviation)
  }

  /// The same data with normalised inputs.
  public func callAsFunction(_ data: LabelledData) -> LabelledData {
    data.with(inputs: self(data.inputs))
  }

  /// Where the elements are that are no padding.
  private static func trueElements(of inputs: Tensor, _ lengths: [Int]?) -> [Range<Int>] {
    guard let lengths else { return [0..<inputs.count] }
    require(
      inputs.rank == 3 && lengths.count == inputs.shape[0]
        && lengths.allSatisfy { $0 >= 0 && $0 <= inputs.shape[1] },
      "Normalization: lengths \(lengths) of inputs of shape \(inputs.shape); expected [samples, times, columns] and the number of true times of each sample"
    )
    let sample = inputs.shape[1] * inputs.shape[2]
    return lengths.enumerated().map { index, length in
      index * sample..<index * sample + length * inputs.shape[2]
    }
  }

  /// The sum of a function of each element by column, in ascending order.
  private static func sums(
    _ span: Span<Float>, _ ranges: [Range<Int>], _ columns: Int,
    _ function: (Double, Int) -> Double
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for range in ranges {
      var column = 0
      for index in range {
        sums[column] += function(Double(span[index]), column)
        column = column + 1 == columns ? 0 : column + 1
      }
    }
    return sums
  }

  private static func problem(_ mean: [Float], _ standardDeviation: [Float]) -> String? {
    if mean.isEmpty || mean.count != standardDeviation.count {
      return
        "Normalization: \(mean.count) means and \(standardDeviation.count) standard deviations; expected as many, one at least"
    }
    if let value = mean.first(where: { !$0.isFinite }) {
      return "Normalization: mean \(value); expected a finite number"
    }
    if let value = standardDeviation.first(where: { !($0 > 0 && $0.isFinite) }) {
      return "Normalization: standard deviation \(value); expected a finite number above 0"
    }
    return nil
  }
}

extension Normalization {
  private enum CodingKeys: String, CodingKey {
    case mean, standardDeviation
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let mean = try container.decode([Float].self, forKey: .mean)
    let standardDeviation = try container.decode([Float].self, forKey: .standardDeviation)
    if let problem = Normalization.problem(mean, standardDeviation) {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: problem))
    }
    self.init(mean: mean, standardDeviation: standardDeviation)
  }
}
