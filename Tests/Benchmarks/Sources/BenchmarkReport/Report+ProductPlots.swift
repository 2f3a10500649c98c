import Charts

extension Report {
  /// The large products as shares of the peak, a chart a direction: everybody's figure over the same peak, so that
  /// they lie as in the table.
  func productPlots(_ rows: [Row]) -> [Plot] {
    guard let peak = machine.peak, peak > 0 else {
      return speedPlot(rows, .products, file: "products.svg", title: "Large products")
    }
    let charts = ContenderChart(
      report: self,
      value: { row, name in row.figure(of: name, in: self).map { $0 / peak * 100 } },
      unit: "% of the peak")
    let target = Set(rows.compactMap(\.targetValue))
    let rules =
      target.count == 1
      ? target.map { Rule("target: \(NumberText.exact($0 * 100)) %", .vertical, at: $0 * 100) } : []
    let values = charts.values(rows)
    let greatest = max(values.max() ?? 0, 100)
    // What is slower than a fifth of the peak would press the others together.
    let least = values.filter { $0 >= 20 }.min() ?? 0
    return directionPlot(
      rows, .products, charts, file: "products.svg",
      title: "Large products, as a share of the peak",
      caption:
        "Shapes are batch·inputs·outputs. The peak is what fused multiply-adds alone reach. Arrows: beyond the axis.",
      axis: Axis(
        "% of the peak",
        Scale(.linear, from: (least / 10).rounded(.down) * 10, to: greatest * 1.03),
        pointsBeyond: true),
      rules: rules)
  }

  /// The other products: their speed, and the library's over each peer's, a chart a direction; then what is
  /// no single product, such as a mean over all.
  func shapePlots(_ rows: [Row]) -> [Plot] {
    let products = rows.filter { $0.work != nil }.sorted {
      ($0.work ?? 0, $0.size) < ($1.work ?? 0, $1.size)
    }
    let means = rows.filter { $0.work == nil }
    return speedPlot(products, .shapes, file: "shapes.svg", title: "Speed by shape")
      + ratioPlot(
        products, file: "shapes-against-peers.svg", title: "Speed over each peer's, by shape")
      + ratioPlot(means, file: "shapes-means.svg", title: "Speed over each peer's, as means")
  }

  private func speedPlot(_ rows: [Row], _ group: Group, file: String, title: String) -> [Plot] {
    let charts = ContenderChart(
      report: self, value: { row, name in row.figure(of: name, in: self) },
      unit: rows.first?.unit ?? "")
    let rules = machine.peak.map {
      [Rule("peak of fused multiply-adds: \(NumberText.short($0))", .vertical, at: $0)]
    }
    let slowest = rows.compactMap { charts.values([$0]).max() }.min() ?? 1
    let held =
      charts.values(rows).filter { $0 >= slowest / 20 } + rows.compactMap(\.ours)
      + [machine.peak].compactMap { $0 }
    return directionPlot(
      rows, group, charts, file: file, title: title,
      caption: "Shapes are batch·inputs·outputs, ordered by work. Arrows: beyond the axis.",
      axis: Axis(
        rows.first?.unit ?? "", Scale(.logarithmic, holding: held), pointsBeyond: true),
      rules: rules ?? [])
  }

  private func ratioPlot(_ rows: [Row], file: String, title: String) -> [Plot] {
    let charts = ContenderChart(report: self, value: { row, name in row.ratio?[name] }, unit: "×")
    return directionPlot(
      rows, .shapes, charts, file: file, title: title,
      caption: "Right of the line, \(ours) is faster. Arrows: beyond the axis.",
      axis: Axis(
        "speed of \(ours) over theirs",
        Scale(.logarithmic, holding: charts.values(rows).filter { $0 <= 10 } + [1]), suffix: "×",
        pointsBeyond: true),
      rules: [Rule("as fast as \(ours)", .vertical, at: 1)])
  }

  private func directionPlot(
    _ rows: [Row], _ group: Group, _ charts: ContenderChart, file: String, title: String,
    caption: String, axis: Axis, rules: [Rule]
  ) -> [Plot] {
    guard !charts.values(rows).isEmpty else { return [] }
    let subjects = grouped(rows, by: { $0.size.isEmpty ? "" : $0.subject })
    let panels = subjects.map { subject, rows in
      charts.byCategory(rows, title: subject, axis: axis, rules: rules) {
        $0.size.isEmpty ? $0.case : $0.size
      }
    }
    return [
      Plot(
        group: group, file: file,
        figure: Figure(
          title: title, caption: caption, charts: panels, columns: min(max(panels.count, 1), 3)))
    ]
  }
}
