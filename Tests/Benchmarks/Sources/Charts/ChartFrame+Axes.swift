extension ChartFrame {
  /// Title, grid, axes, and the lines at values of interest.
  func drawAxes(on canvas: inout Canvas) {
    canvas.text(chart.title, x: plot.left, y: plot.top - 7, kind: "strong")
    drawHorizontalAxis(on: &canvas)
    drawVerticalAxis(on: &canvas)
    for (index, rule) in chart.rules.enumerated() { draw(rule, index, on: &canvas) }
  }

  private func drawHorizontalAxis(on canvas: inout Canvas) {
    for mark in chart.horizontal.marks(fittingWidth: plot.width) {
      guard let x = x(mark.value) else { continue }
      canvas.line(fromX: x, fromY: plot.top, toX: x, toY: plot.bottom, kind: "grid")
      canvas.text(mark.text, x: x, y: plot.bottom + 14, .middle, kind: "quiet")
    }
    canvas.line(
      fromX: plot.left, fromY: plot.bottom, toX: plot.right, toY: plot.bottom, kind: "axis")
    canvas.text(
      chart.horizontal.label, x: plot.left + plot.width / 2,
      y: plot.bottom + ChartFrame.tickHeight + 12, .middle)
  }

  private func drawVerticalAxis(on canvas: inout Canvas) {
    switch chart.vertical {
    case .categories(let names):
      for (index, name) in names.enumerated() {
        guard let y = y(Double(index)) else { continue }
        if chart.barSeries.isEmpty {
          canvas.line(fromX: plot.left, fromY: y, toX: plot.right, toY: y, kind: "grid")
        }
        let fitted = TextWidth.fitted(
          name, size: Stylesheet.textSize, width: labelWidth - ChartFrame.tickLength - 4)
        if showsVerticalLabels { canvas.text(fitted, x: plot.left - 6, y: y + 3.8, .end) }
      }
      canvas.line(
        fromX: plot.left, fromY: plot.top, toX: plot.left, toY: plot.bottom, kind: "axis")
    case .values(let axis):
      for mark in axis.marks(fittingHeight: plot.height) {
        guard let y = y(mark.value) else { continue }
        canvas.line(fromX: plot.left, fromY: y, toX: plot.right, toY: y, kind: "grid")
        if showsVerticalLabels {
          canvas.text(mark.text, x: plot.left - 6, y: y + 3.8, .end, kind: "quiet")
        }
      }
      if showsVerticalLabels {
        canvas.text(
          axis.label, x: plot.left - labelWidth + 11, y: plot.top + plot.height / 2, .middle,
          turned: true)
      }
    }
  }

  private func draw(_ rule: Rule, _ index: Int, on canvas: inout Canvas) {
    let kind = "rule\(index % 3)"
    switch rule.direction {
    case .vertical:
      guard let x = x(rule.value), holds(x: x, y: plot.top) else { return }
      canvas.line(fromX: x, fromY: plot.top, toX: x, toY: plot.bottom, kind: kind)
    case .horizontal:
      guard let y = y(rule.value), holds(x: plot.left, y: y) else { return }
      canvas.line(fromX: plot.left, fromY: y, toX: plot.right, toY: y, kind: kind)
    }
  }
}
