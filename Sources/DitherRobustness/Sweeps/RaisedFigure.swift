/// A figure that is too high in the mean for rows that are drawn, a sum of absolute values |d| of means, on a resample.
///
/// It and its spread add up with weights of 0 or more, as an area's.
struct RaisedFigure {
  /// Σ |d*|, the figure on the resample.
  var value: Double
  /// Σ |d* − d|, which no figure can have risen by more than, whatever is behind the rows.
  var spread: Double

  static let zero = RaisedFigure(value: 0, spread: 0)
}

extension Bootstrap {
  /// Differences of such figures of the same resamples, with intervals that err towards being wide.
  ///
  /// Let E be what is behind the rows, Ê = Σ |d| of the rows, Ê* and S* = Σ |d* − d| of resamples. Ê exceeds E by no more than the
  /// means' own deviations add up to, of which S* are draws; and since Ê is too high in the mean, it falls short of E by no more
  /// than Ê* falls short of its mean. So E is above Ê − q(S*) and below Ê + mean Ê* − q'(Ê*), q and q' being the upper and the
  /// lower quantile.
  ///
  /// - Parameters:
  ///   - rows: how many there are.
  ///   - limits: what a difference can be.
  ///   - differences: of the rows as weighted, where all weights are 1 with spreads of 0.
  func estimates(
    rows: Int, within limits: ClosedRange<Double>,
    of differences: (_ weights: [Int]) -> [(minuend: RaisedFigure, subtrahend: RaisedFigure)]
  ) -> [BootstrapEstimate] {
    let all = [Int](repeating: 1, count: rows)
    let values = differences(all).map { $0.minuend.value - $0.subtrahend.value }
    let drawn = (0..<resamples).map { differences(weights(rows: rows, resample: $0)) }
    return values.indices.map { index in
      let own = drawn.map { $0[index].minuend }
      let others = drawn.map { $0[index].subtrahend }
      let (fall, rise) = (reach(own, others), reach(others, own))
      let value = values[index]
      let interval =
        min(
          value, max(value - fall, limits.lowerBound))...max(
          value, min(value + rise, limits.upperBound))
      return estimate(value, zip(own, others).map { $0.value - $1.value }, interval)
    }
  }

  /// By how much a difference may be too high: its first figure by its spread, the second too low by what it falls short of its mean.
  private func reach(_ first: [RaisedFigure], _ second: [RaisedFigure]) -> Double {
    let mean = second.reduce(0) { $0 + $1.value } / Double(resamples)
    let sorted = zip(first, second).map { $0.spread + (mean - $1.value) }.sorted()
    return max(0, quantile(1 - side, of: sorted))
  }
}
