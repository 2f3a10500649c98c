import Charts

/// Builds charts in which each series is a contender, looking the same in every one.
struct ContenderChart {
  let report: Report
  /// What is drawn of a row and a contender, if there is anything.
  let value: (Row, String) -> Double?
  /// The text at a point.
  var label: (Double) -> String = { _ in "" }
  /// The unit in a point's description.
  let unit: String
  /// Where a row's target lies, if that is to be drawn.
  var target: (Row) -> Double? = { _ in nil }

  /// The library and its peers, those that have a value in the rows.
  private func names(_ rows: [Row]) -> [String] {
    ([report.ours] + report.peers + [Row.bestOfEach]).filter { name in
      rows.contains { value($0, name) != nil }
    }
  }

  private func style(_ name: String) -> Series.Style {
    name == report.ours ? .emphasised : .ordinary(report.peers.firstIndex(of: name) ?? 0)
  }

  /// All contenders' values in the rows.
  func values(_ rows: [Row]) -> [Double] {
    names(rows).flatMap { name in rows.compactMap { value($0, name) } }
  }

  /// A category for each row.
  func byCategory(
    _ rows: [Row], title: String = "", mark: Series.Mark = .dots, axis: Axis, rules: [Rule] = [],
    category: (Row) -> String
  ) -> Chart {
    Chart(
      title: title, horizontal: axis, vertical: .categories(rows.map(category)),
      series: series(rows, mark) { x, _, index in (x, Double(index)) } + targets(rows), rules: rules
    )
  }

  /// Strokes at the rows' targets.
  private func targets(_ rows: [Row]) -> [Series] {
    let points = rows.enumerated().compactMap { index, row in
      target(row).map {
        Point(
          x: $0, y: Double(index), description: "target of \(row.case): \(Page.quantity($0, unit))")
      }
    }
    return points.isEmpty ? [] : [Series("target", .strokes, .ordinary(0), points)]
  }

  /// The values over one of the rows' parameters, joined.
  func byParameter(
    _ rows: [Row], _ parameter: String, title: String = "", horizontal: Axis, vertical: Axis,
    rules: [Rule] = []
  ) -> Chart {
    Chart(
      title: title, horizontal: horizontal, vertical: .values(vertical),
      series: series(rows, .line) { y, row, _ in
        row.parameters?[parameter].map { (Double($0), y) }
      }, rules: rules)
  }

  private func series(
    _ rows: [Row], _ mark: Series.Mark, place: (Double, Row, Int) -> (x: Double, y: Double)?
  ) -> [Series] {
    names(rows).map { name in
      let points = rows.enumerated().compactMap { index, row -> Point? in
        guard let value = value(row, name), let (x, y) = place(value, row, index) else {
          return nil
        }
        return Point(
          x: x, y: y, label: label(value),
          description: "\(name), \(row.case): \(Page.quantity(value, unit))")
      }
      // The best of each is no contender.
      return Series(name, name == Row.bestOfEach ? .strokes : mark, style(name), points)
    }
  }
}

extension Row {
  /// The figure of the library or of a peer.
  func figure(of name: String, in report: Report) -> Double? {
    name == report.ours ? ours : peers?[name]
  }
}
