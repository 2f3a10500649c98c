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
    guard case .categories(let names) = chart.vertical else { return height }
    let bars = Double(chart.barSeries.count)
    return Double(max(names.count, 1)) * max(categoryHeight, bars * barHeight + 10)
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
    case .categories(let names):
      guard value.isFinite, !names.isEmpty else { return nil }
      return plot.top + (value + 0.5) * plot.height / Double(names.count)
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
