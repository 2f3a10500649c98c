extension Figure {
  /// The figure as an SVG document of its own, in colours for light ground and, where the reader prefers it,
  /// for dark.
  ///
  /// ```swift
  /// let figure = Figure(title: "Growth", charts: [chart])
  /// try Data(figure.svg().utf8).write(to: file)
  /// ```
  ///
  /// - Parameter width: in pixels; it grows and shrinks with the page that shows it.
  public func svg(width: Double = 720) -> String {
    var canvas = Canvas()
    var y = Figure.margin
    canvas.heading(title: title, caption: caption, width: width, y: &y)
    drawLegend(on: &canvas, width: width, y: &y)
    drawRows(on: &canvas, width: width, y: &y)
    return canvas.document(
      title: title, caption: caption, width: width, height: y + Figure.margin - 6)
  }

  static let margin = 16.0
  private static let gap = 16.0

  func drawRows(on canvas: inout Canvas, width: Double, y: inout Double) {
    let rows = stride(from: 0, to: charts.count, by: columns).map {
      Array(charts[$0..<min($0 + columns, charts.count)])
    }
    let places = (0..<columns).map { column in
      rows.map { labelWidth($0, column, width: width) }.max() ?? 0
    }
    let room =
      width - 2 * Figure.margin - places.reduce(0, +) - Double(columns - 1) * Figure.gap - 8
    let plotWidth = room / Double(columns)
    for row in rows {
      let titled = row.contains { !$0.title.isEmpty }
      let top = y + (titled ? ChartFrame.titleHeight : 6)
      let heights = row.map { ChartFrame.plotHeight($0, height: height) }
      var left = Figure.margin
      for (column, chart) in row.enumerated() {
        left += places[column]
        let frame = ChartFrame(
          chart: chart,
          plot: Rectangle(left: left, top: top, width: plotWidth, height: heights[column]),
          showsVerticalLabels: column == 0 || row[column - 1].vertical != chart.vertical,
          labelWidth: places[column])
        frame.drawAxes(on: &canvas)
        frame.drawSeries(on: &canvas)
        left += plotWidth + Figure.gap
      }
      let foot = row.map { ChartFrame.footHeight($0) }.max() ?? 0
      y = top + (heights.max() ?? 0) + foot + Figure.gap
    }
    y -= rows.isEmpty ? 0 : Figure.gap
  }

  /// What the labels left of a row's chart need: nothing where its neighbour's serve.
  private func labelWidth(_ row: [Chart], _ column: Int, width: Double) -> Double {
    guard column < row.count else { return 0 }
    if column > 0 && row[column - 1].vertical == row[column].vertical { return 0 }
    return ChartFrame.labelWidth(
      row[column], height: height, limit: width * (columns == 1 ? 0.5 : 0.4))
  }
}
