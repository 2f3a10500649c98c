import DitherRuntime
public import NoiseDistributions

/// Intervals for any figure of a test set's rows: the rows are drawn anew with replacement, as many as there are, and the
/// figure is computed of each such resample (Efron & Tibshirani 1993, *An introduction to the bootstrap*, chapters 6 and 13).
///
/// The interval is that between the percentiles of the resampled figures. It holds the figure of all rows like these about as
/// often as it says where the figure is a mean, or a ratio or difference of means, and there are many rows (some hundred), less often
/// where there are few, or where the figure is near an end of what it can be: for a single accuracy ``ClopperPearson`` has exact
/// bounds. It does not where a figure of few rows is too high in the mean, as a sum of absolute values is, since that of a resample is
/// too high once more: the calibration errors of a ``SweepCurve`` have intervals of another kind, see
/// ``SweepCurve/estimates(of:by:)``. It says nothing of what another training would give, for which several are needed and a
/// ``PairedDifference``.
///
/// ```swift
/// let bootstrap = Bootstrap(noise: NoiseStream(seed: 1))
/// let values = [3.0, 5.0, 4.0, 6.0, 2.0]
/// let mean = bootstrap.estimate(rows: 5) { weights in
///   zip(weights, values).reduce(0) { $0 + Double($1.0) * $1.1 } / 5
/// }
/// ```
///
/// Resample b draws at the stream's step plus b, in the domain of evaluation, so that two figures of the same rows are resampled
/// alike.
public struct Bootstrap: Hashable, Sendable {
  /// How many times the rows are drawn.
  public let resamples: Int
  /// The probability that an interval is for.
  public let confidence: Double
  /// Where the draws come from.
  public let noise: NoiseStream

  /// - Parameters:
  ///   - resamples: at least 2.
  ///   - confidence: above 0 and below 1.
  ///   - noise: where the draws come from; not one whose step is held. Others stop the program.
  public init(resamples: Int = 2000, confidence: Double = 0.95, noise: NoiseStream) {
    require(resamples >= 2, "Bootstrap: resamples is \(resamples); expected at least 2")
    requireProbability(confidence, "Bootstrap", "confidence")
    noise.requireSteps(resamples, "Bootstrap")
    self.resamples = resamples
    self.confidence = confidence
    self.noise = noise
  }

  /// A figure of the rows with its interval.
  ///
  /// - Parameters:
  ///   - rows: how many there are, 1…2²⁵; another number stops the program.
  ///   - statistic: the figure, where each row counts as often as its weight says: all 1, or how often it was drawn. One that is not
  ///     finite stops the program.
  public func estimate(
    rows: Int, of statistic: (_ weights: [Int]) -> Double
  ) -> BootstrapEstimate {
    estimates(rows: rows) { [statistic($0)] }[0]
  }

  /// Several figures of the same resamples.
  ///
  /// - Parameters:
  ///   - rows: how many there are, 1…2²⁵; another number stops the program.
  ///   - statistics: as for ``estimate(rows:of:)``, the same number of them for any weights.
  public func estimates(
    rows: Int, of statistics: (_ weights: [Int]) -> [Double]
  ) -> [BootstrapEstimate] {
    let most = NoiseStream.maximumColumns / 2
    require(rows >= 1 && rows <= most, "Bootstrap: rows is \(rows); expected 1…\(most)")
    let values = statistics([Int](repeating: 1, count: rows))
    var resampled = values.map { _ in [Double]() }
    for resample in 0..<resamples {
      let drawn = statistics(weights(rows: rows, resample: resample))
      require(
        drawn.count == values.count,
        "Bootstrap: \(drawn.count) figures of resample \(resample); expected \(values.count)")
      for (index, value) in drawn.enumerated() { resampled[index].append(value) }
    }
    return values.indices.map { index in
      requireFinite(values[index], resampled[index], figure: index)
      let sorted = resampled[index].sorted()
      return estimate(
        values[index], resampled[index],
        quantile(side, of: sorted)...quantile(1 - side, of: sorted))
    }
  }

  /// How often each row is drawn in a resample.
  func weights(rows: Int, resample: Int) -> [Int] {
    let words = noise.at(step: noise.step + resample)
      .evaluationWords(site: "bootstrap", rows: 1, columns: 2 * rows)
    var weights = [Int](repeating: 0, count: rows)
    for draw in 0..<rows { weights[words.choice(draw, of: rows)] += 1 }
    return weights
  }

  /// The probability that is left on each side of an interval.
  var side: Double { (1 - confidence) / 2 }

  /// - Parameter resampled: the figure of each resample.
  func estimate(
    _ value: Double, _ resampled: [Double], _ interval: ClosedRange<Double>
  ) -> BootstrapEstimate {
    let mean = resampled.reduce(0, +) / Double(resamples)
    let squares = resampled.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return BootstrapEstimate(
      value: value, interval: interval,
      standardError: (squares / Double(resamples - 1)).squareRoot(), confidence: confidence)
  }

  private func requireFinite(_ value: Double, _ resampled: [Double], figure: Int) {
    require(
      value.isFinite,
      "Bootstrap: figure \(figure) of the rows is \(value); expected a finite number")
    guard let resample = resampled.firstIndex(where: { !$0.isFinite }) else { return }
    misuse(
      "Bootstrap: figure \(figure) of resample \(resample) is \(resampled[resample]); expected a finite number"
    )
  }

  /// Between two of the sorted numbers by a straight line, the first being the quantile of 0 and the last that of 1.
  func quantile(_ p: Double, of sorted: [Double]) -> Double {
    let place = p * Double(sorted.count - 1)
    let index = min(Int(place), sorted.count - 2)
    let (low, high) = (sorted[index], sorted[index + 1])
    return low == high ? low : low + (place - Double(index)) * (high - low)
  }
}

/// A figure of a test set, and what other rows like these may give.
public struct BootstrapEstimate: Hashable, Sendable, Codable, CustomStringConvertible {
  /// Of the rows as they are.
  public let value: Double
  /// That holds the figure of all rows like these with the probability ``confidence``: between the percentiles of the resamples, or
  /// as the function says that made it.
  public let interval: ClosedRange<Double>
  /// The standard deviation over the resamples.
  public let standardError: Double
  /// The probability that the interval is for.
  public let confidence: Double

  public var description: String {
    "\(value) (\(interval.lowerBound)…\(interval.upperBound))"
  }
}
