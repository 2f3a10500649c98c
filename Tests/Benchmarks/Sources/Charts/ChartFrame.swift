/// Where a chart's parts are drawn.
struct ChartFrame {
  let chart: Chart
  /// Between the axes.
  let plot: Rectangle
  /// Whether the labels of the vertical axis are written.
  let showsVerticalLabels: Bool
  /// Room left of the plot, for these labels.
  let labelWidth: Double

  static let categoryHeight = 17.0
  static let barHeight = 12.0
  static let titleHeight = 20.0
  static let tickHeight = 18.0
  static let axisLabelHeight = 17.0
  static let tickLength = 4.0

  /// Left of the plot, what the labels of the vertical axis need, `limit` at most.
  static func labelWidth(_ chart: Chart, height: Double, limit: Double) -> Double {
    let texts: [String]
    var extra = tickLength + 4
    switch chart.vertical {
    case .categories(let names):
      texts = names
    case .values(let axis):
      texts = axis.marks(fittingHeight: height).map(\.text)
      if !axis.label.isEmpty { extra += axisLabelHeight }
    }
    let widest = texts.map { TextWidth.of($0, size: Stylesheet.textSize) }.max() ?? 0
    return min(widest + extra, limit)
  }

  /// Between the axes, from top to bottom.
  static func plotHeight(_ chart: Chart, height: Double) -> Double {
    guard case .categories = chart.vertical else { return height }
    return max(chart.categoryHeights.reduce(0, +), categoryHeight)
  }

  /// Below the plot, for the horizontal axis.
  static func footHeight(_ chart: Chart) -> Double {
    tickHeight + (chart.horizontal.label.isEmpty ? 0 : axisLabelHeight)
  }

  func x(_ value: Double) -> Double? {
    chart.horizontal.scale.position(of: value).map { plot.left + $0 * plot.width }
  }

  func y(_ value: Double) -> Double? {
    switch chart.vertical {
    case .values(let axis):
      return axis.scale.position(of: value).map { plot.bottom - $0 * plot.height }
    case .categories:
      let heights = chart.categoryHeights
      guard value.isFinite, !heights.isEmpty else { return nil }
      let index = Int(min(max(value.rounded(), 0), Double(heights.count - 1)))
      return plot.top + heights[..<index].reduce(0, +)
        + heights[index] * (value - Double(index) + 0.5)
    }
  }

  /// Whether a point is between the axes, or on them.
  func holds(x: Double, y: Double) -> Bool {
    let slack = 0.01
    return x >= plot.left - slack && x <= plot.right + slack && y >= plot.top - slack
      && y <= plot.bottom + slack
  }
}

extension Chart {
  var barSeries: [Series] { series.filter { $0.mark == .bars } }

  /// The series that have a bar in a category.
  func barSeries(in category: Double) -> [Series] {
    barSeries.filter { $0.points.contains { $0.y.rounded() == category } }
  }

  /// What each category needs for its bars, or for one line of dots.
  var categoryHeights: [Double] {
    guard case .categories(let names) = vertical else { return [] }
    return names.indices.map { category in
      let bars = Double(barSeries(in: Double(category)).count)
      return max(ChartFrame.categoryHeight, bars * ChartFrame.barHeight + 10)
    }
  }
}

extension Axis {
  /// Values to write, and their text, as many as have room beside each other.
  func marks(fittingWidth width: Double) -> [(value: Double, text: String)] {
    fitting { marks in
      let widest = marks.map { TextWidth.of($0.text, size: Stylesheet.textSize) }.max() ?? 0
      return width / (widest + 10)
    }
  }

  /// Values to write, and their text, as many as have room above each other.
  func marks(fittingHeight height: Double) -> [(value: Double, text: String)] {
    fitting { _ in height / (Stylesheet.textSize * 2.2) }
  }

  private func fitting(
    _ room: ([(value: Double, text: String)]) -> Double
  ) -> [(value: Double, text: String)] {
    func written(_ values: [Double]) -> [(value: Double, text: String)] {
      values.map { ($0, NumberText.exact($0) + suffix) }
    }
    if let ticks {
      let all = written(ticks.filter { $0 >= scale.lower && $0 <= scale.upper })
      let step = max(1, Int((Double(all.count) / max(room(all), 1)).rounded(.up)))
      return all.enumerated().filter { $0.offset % step == 0 }.map(\.element)
    }
    for count in stride(from: 12, through: 2, by: -1) {
      let marks = written(scale.ticks(atMost: count))
      if Double(marks.count) <= room(marks) { return marks }
    }
    return written(scale.ticks(atMost: 1))
  }
}
