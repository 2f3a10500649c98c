extension ChartFrame {
  /// The band in which a line or a curve lies, if two of its points or more have intervals; cut off at the axes.
  func drawBand(_ series: Series, on canvas: inout Canvas) {
    guard series.mark == .line || series.mark == .curve else { return }
    var (lower, upper): ([(x: Double, y: Double)], [(x: Double, y: Double)]) = ([], [])
    for point in series.points.sorted(by: { $0.x < $1.x }) {
      guard let interval = point.interval, let x = x(point.x), holds(x: x, y: plot.top),
        let bottom = y(interval.lowerBound), let top = y(interval.upperBound)
      else { continue }
      lower.append((x, min(max(bottom, plot.top), plot.bottom)))
      upper.append((x, min(max(top, plot.top), plot.bottom)))
    }
    canvas.band(lower, upper, kind: Palette.name(series.style))
  }

  /// A thin line through each dot, from end to end of its interval; cut off at the axes.
  func drawWhiskers(_ series: Series, on canvas: inout Canvas) {
    let kind = "joined " + Palette.name(series.style)
    for point in series.points {
      guard let interval = point.interval, let x = x(point.x), let y = y(point.y) else { continue }
      if case .categories = chart.vertical {
        guard let from = self.x(interval.lowerBound), let to = self.x(interval.upperBound),
          holds(x: plot.left, y: y)
        else { continue }
        func within(_ x: Double) -> Double { min(max(x, plot.left), plot.right) }
        canvas.line(fromX: within(from), fromY: y, toX: within(to), toY: y, kind: kind)
      } else {
        guard let from = self.y(interval.lowerBound), let to = self.y(interval.upperBound),
          holds(x: x, y: plot.top)
        else { continue }
        func within(_ y: Double) -> Double { min(max(y, plot.top), plot.bottom) }
        canvas.line(fromX: x, fromY: within(from), toX: x, toY: within(to), kind: kind)
      }
    }
  }
}
