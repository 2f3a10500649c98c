package import DitherCharts
package import NoiseDistributions

/// The numbers of a plot of single values: how often each was drawn beside how often it is expected.
package struct MassPlot: Sendable {
  package struct Value: Sendable {
    package var value: Float
    package var count: Int
    /// P(X = value).
    package var probability: Double
  }

  /// All draws, those of other values too.
  package let draws: Int
  /// In ascending order.
  package private(set) var values: [Value]
  /// The draws of other values.
  package private(set) var beyond: Cell

  /// - Parameters:
  ///   - draws: of the distribution.
  ///   - values: those to show, ascending.
  package init(_ draws: [Float], of distribution: any CumulativeDistribution, at values: [Float]) {
    self.draws = draws.count
    self.values = values.map { value in
      let place = Double(value)
      let below = distribution.cumulativeProbability(place.nextDown)
      return Value(
        value: value, count: 0, probability: distribution.cumulativeProbability(place) - below)
    }
    let shown = self.values.reduce(0) { $0 + $1.probability }
    beyond = Cell(count: 0, expected: max(0, 1 - shown) * Double(draws.count))
    let indices = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
    for draw in draws {
      if let index = indices[draw] {
        self.values[index].count += 1
      } else {
        beyond.count += 1
      }
    }
  }

  /// Each value's draws beside the expected number, and the others.
  package var cells: [Cell] {
    values.map { Cell(count: $0.count, expected: $0.probability * Double(draws)) } + [beyond]
  }

  package func figure(title: String) -> Figure {
    let places = values.map { Double($0.value) }
    let step = zip(places, places.dropFirst()).map { $1 - $0 }.min() ?? 1
    let shares = values.map { Double($0.count) / Double(draws) }
    let greatest = max(shares.max() ?? 0, values.map(\.probability).max() ?? 0)
    let drawn = Series(
      "share of \(NumberText.exact(Double(draws))) draws", .columns(width: 0.6 * step),
      .ordinary(1), zip(places, shares).map { Point(x: $0, y: $1) })
    let expected = Series(
      "probability", .dots, .emphasised,
      values.map { Point(x: Double($0.value), y: $0.probability) })
    let scale = Scale(
      .linear, from: places[0] - 0.75 * step, to: places[places.count - 1] + 0.75 * step)
    let chart = Chart(
      horizontal: Axis("draw", scale, ticks: places),
      vertical: .values(Axis("probability", Scale(.linear, from: 0, to: greatest * 1.08))),
      series: [drawn, expected])
    return Figure(
      title: title, caption: beyond.caption(of: draws), charts: [chart], height: 220)
  }
}
