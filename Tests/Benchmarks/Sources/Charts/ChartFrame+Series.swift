extension ChartFrame {
  /// The series' marks. Points without a place between the axes are left out.
  func drawSeries(on canvas: inout Canvas) {
    let (strokes, others) = (
      chart.series.filter { $0.mark == .strokes }, chart.series.filter { $0.mark != .strokes }
    )
    for series in others { drawBand(series, on: &canvas) }
    let ordered =
      others.filter { $0.style != .emphasised } + others.filter { $0.style == .emphasised }
      + strokes
    for series in ordered {
      switch series.mark {
      case .bars: drawBars(series, on: &canvas)
      case .strokes: drawStrokes(series, on: &canvas)
      case .dots:
        drawWhiskers(series, on: &canvas)
        drawDots(series, on: &canvas)
      case .line:
        drawCurve(series, on: &canvas)
        drawDots(series, on: &canvas)
      case .curve: drawCurve(series, on: &canvas)
      case .columns(let width): drawColumns(series, width: width, on: &canvas)
      }
    }
  }

  private func drawCurve(_ series: Series, on canvas: inout Canvas) {
    let points = series.points.sorted { $0.x < $1.x }.compactMap(place)
    canvas.path(points, kind: "joined " + Palette.name(series.style))
  }

  private func drawColumns(_ series: Series, width: Double, on canvas: inout Canvas) {
    guard case .values(let axis) = chart.vertical
    else { fatalError("Chart: columns of \(series.name) with categories; expected values") }
    let start = axis.scale.kind == .linear ? y(0) ?? plot.bottom : plot.bottom
    let from = min(max(start, plot.top), plot.bottom)
    let boxes = series.points.compactMap { point -> Rectangle? in
      guard let left = x(point.x - width / 2), let right = x(point.x + width / 2),
        let end = y(point.y), left < plot.right, right > plot.left
      else { return nil }
      let to = min(max(end, plot.top), plot.bottom)
      let (first, last) = (max(left, plot.left), min(right, plot.right))
      // Columns side by side stay apart.
      let gap = min(1, (last - first) / 10)
      return Rectangle(
        left: first + gap / 2, top: min(from, to), width: last - first - gap, height: abs(to - from)
      )
    }
    canvas.columns(boxes, kind: Palette.name(series.style))
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
    guard case .categories = chart.vertical
    else { fatalError("Chart: bars of \(series.name) without categories; expected categories") }
    let start = chart.horizontal.scale.kind == .linear ? x(0) ?? plot.left : plot.left
    let from = min(max(start, plot.left), plot.right)
    let height = ChartFrame.barHeight
    for point in series.points {
      guard let middle = y(point.y), let end = x(point.x), holds(x: plot.left, y: middle) else {
        continue
      }
      let bars = chart.barSeries(in: point.y.rounded())
      guard let slot = bars.firstIndex(of: series) else { continue }
      let to = min(max(end, plot.left), plot.right)
      let top = middle + (Double(slot) - Double(bars.count) / 2) * height
      canvas.rectangle(
        Rectangle(left: min(from, to), top: top + 0.5, width: abs(to - from), height: height - 1),
        kind: Palette.name(series.style), description: point.description)
      drawLabel(point, x: max(from, to), y: top + height / 2, on: &canvas)
    }
  }

  private func drawStrokes(_ series: Series, on canvas: inout Canvas) {
    for point in series.points {
      guard let (x, y) = place(point) else { continue }
      canvas.stroke(
        x: x, y: y, height: ChartFrame.categoryHeight - 4, description: point.description)
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
