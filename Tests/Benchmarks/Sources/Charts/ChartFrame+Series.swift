extension ChartFrame {
  /// The series' marks. Points without a place between the axes are left out.
  func drawSeries(on canvas: inout Canvas) {
    let ordered =
      chart.series.filter { $0.style != .emphasised }
      + chart.series.filter { $0.style == .emphasised }
    for series in ordered {
      switch series.mark {
      case .bars: drawBars(series, on: &canvas)
      case .dots: drawDots(series, on: &canvas)
      case .line:
        let points = series.points.sorted { $0.x < $1.x }.compactMap(place)
        canvas.path(points, kind: "joined " + Palette.name(series.style))
        drawDots(series, on: &canvas)
      }
    }
  }

  private func place(_ point: Point) -> (x: Double, y: Double)? {
    guard let x = x(point.x), let y = y(point.y), holds(x: x, y: y) else { return nil }
    return (x, y)
  }

  private func drawDots(_ series: Series, on canvas: inout Canvas) {
    for point in series.points {
      guard let (x, y) = place(point) else {
        drawBeyond(point, series.style, on: &canvas)
        continue
      }
      canvas.mark(series.style, x: x, y: y, description: point.description)
      drawLabel(point, x: x + 4, y: y, on: &canvas)
    }
  }

  /// An arrow at the end of the horizontal axis beyond which the point lies, if the axis has such.
  private func drawBeyond(_ point: Point, _ style: Series.Style, on canvas: inout Canvas) {
    guard chart.horizontal.pointsBeyond, let x = x(point.x), let y = y(point.y),
      holds(x: plot.left, y: y)
    else { return }
    let toRight = x > plot.right
    canvas.arrow(
      style, x: toRight ? plot.right : plot.left, y: y, toRight: toRight,
      description: point.description)
  }

  private func drawBars(_ series: Series, on canvas: inout Canvas) {
    let bars = chart.barSeries
    guard case .categories(let names) = chart.vertical, let slot = bars.firstIndex(of: series)
    else { fatalError("Chart: bars of \(series.name) without categories; expected categories") }
    let start = chart.horizontal.scale.kind == .linear ? x(0) ?? plot.left : plot.left
    let from = min(max(start, plot.left), plot.right)
    let height = (plot.height / Double(max(names.count, 1)) - 10) / Double(bars.count)
    for point in series.points {
      guard let middle = y(point.y), let end = x(point.x), holds(x: plot.left, y: middle) else {
        continue
      }
      let to = min(max(end, plot.left), plot.right)
      let top = middle + (Double(slot) - Double(bars.count) / 2) * height
      canvas.rectangle(
        Rectangle(left: min(from, to), top: top + 0.5, width: abs(to - from), height: height - 1),
        kind: Palette.name(series.style), description: point.description)
      drawLabel(point, x: max(from, to), y: top + height / 2, on: &canvas)
    }
  }

  /// Right of the point, or left of it where the figure would end.
  private func drawLabel(_ point: Point, x: Double, y: Double, on canvas: inout Canvas) {
    guard !point.label.isEmpty else { return }
    let fits = x + 4 + TextWidth.of(point.label, size: Stylesheet.textSize) <= plot.right + 8
    canvas.text(
      point.label, x: fits ? x + 4 : x - 12, y: y + 3.8, fits ? .start : .end, kind: "quiet")
  }
}
