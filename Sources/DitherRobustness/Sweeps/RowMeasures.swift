import DitherTensors
import DitherTraining

/// What a classifier made of one row in one trial.
struct RowOutcome: Sendable {
  let isCorrect: Bool
  let loss: Double
  let confidence: Double
  /// Of the calibration error.
  let bin: Int
}

/// The outcome of each row by the metrics of `DitherTraining`, so that these are what a curve shows; a row without an answer is wrong.
func rowOutcomes(_ scores: Tensor, _ labels: ArraySlice<Int>, bins: Int) -> [RowOutcome] {
  let answers = scores.answersOfRows()
  return labels.enumerated().map { row, label in
    let score = scores.rows(row..<row + 1)
    var loss = MeanLoss()
    loss.add(score, [label])
    var calibration = CalibrationError(bins: bins)
    calibration.add(score, [label])
    let bin = calibration.bins.firstIndex { $0.rows == 1 }!
    return RowOutcome(
      isCorrect: answers[row] == label, loss: loss.value,
      confidence: calibration.bins[bin].confidence, bin: bin)
  }
}

/// The outcomes of all rows, one trial after the other, and what any resample of the rows gives.
struct RowMeasures: Sendable {
  let rows: Int
  let trials: Int
  private let bins: Int
  private let outcomes: [RowOutcome]
  /// Over the trials of each row.
  private let correct: [Double]
  private let losses: [Double]
  /// Of each bin the right answers less the confidence, over all rows and trials.
  private var gaps: [Double] = []

  init(_ outcomes: [RowOutcome], rows: Int, bins: Int) {
    self.rows = rows
    self.bins = bins
    self.outcomes = outcomes
    trials = outcomes.count / rows
    var correct = [Double](repeating: 0, count: rows)
    var losses = correct
    for (index, outcome) in outcomes.enumerated() {
      correct[index % rows] += outcome.isCorrect ? 1 : 0
      losses[index % rows] += outcome.loss
    }
    self.correct = correct
    self.losses = losses
    gaps = gapSums([Int](repeating: 1, count: rows))
  }

  /// - Parameter weights: how often each row counts, 1 for the data as they are.
  func value(of measure: SweepCurve.Measure, _ weights: [Int]) -> Double {
    switch measure {
    case .accuracy: mean(of: correct, weights)
    case .loss: mean(of: losses, weights)
    case .calibrationError: calibrationError(weights).value
    }
  }

  private func mean(of sums: [Double], _ weights: [Int]) -> Double {
    var (sum, count) = (0.0, 0)
    for row in 0..<rows where weights[row] > 0 {
      sum += Double(weights[row]) * sums[row]
      count += weights[row]
    }
    return sum / Double(count * trials)
  }

  /// Σ over bins of |right ones − confidence|, over the rows: the formula of `CalibrationError`.
  ///
  /// - Parameter weights: as many in all as there are rows.
  func calibrationError(_ weights: [Int]) -> RaisedFigure {
    var (value, spread) = (0.0, 0.0)
    for (drawn, gap) in zip(gapSums(weights), gaps) {
      value += abs(drawn)
      spread += abs(drawn - gap)
    }
    let count = Double(rows * trials)
    return RaisedFigure(value: value / count, spread: spread / count)
  }

  private func gapSums(_ weights: [Int]) -> [Double] {
    var correct = [Double](repeating: 0, count: bins)
    var confidence = correct
    var row = 0
    for outcome in outcomes {
      let weight = weights[row]
      row = row + 1 == rows ? 0 : row + 1
      if weight == 0 { continue }
      if outcome.isCorrect { correct[outcome.bin] += Double(weight) }
      confidence[outcome.bin] += Double(weight) * outcome.confidence
    }
    return zip(correct, confidence).map { $0 - $1 }
  }
}
