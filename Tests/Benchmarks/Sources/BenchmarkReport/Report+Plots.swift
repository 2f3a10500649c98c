import Charts

extension Report {
  /// The cost of noise, ours and the peers', a line a case.
  func noisePlots(_ rows: [Row]) -> [Plot] {
    unitPlots(
      rows, .noise, file: "noise.svg", title: "A noisy forward pass over a plain one",
      caption:
        "1 would be noise for free. A stroke is what the target asks for. Shapes are batch·inputs·outputs."
    )
  }

  /// Draws a second, a bar a contender.
  func drawPlots(_ rows: [Row]) -> [Plot] {
    let timed = rows.filter { $0.unit.hasPrefix("ns") }
    let charts = ContenderChart(
      report: self,
      value: { row, name in
        row.figure(of: name, in: self).flatMap { $0 > 0 ? 1 / $0 : nil }
      },
      label: { NumberText.short($0) }, unit: "billion draws a second")
    guard let greatest = charts.values(timed).max() else { return [] }
    let chart = charts.byCategory(
      timed, mark: .bars,
      axis: Axis("billion draws a second", Scale(.linear, from: 0, to: greatest * 1.1)),
      category: Report.shortNames(timed))
    return [
      Plot(
        group: .draws, file: "draws.svg",
        figure: Figure(title: "Draws a second", charts: [chart]))
    ]
  }

  /// Times of training steps, and what noise adds to them: a chart for each, by the words before the first comma.
  func trainingPlots(_ rows: [Row]) -> [Plot] {
    let panels = grouped(rows, by: { [$0.unit, $0.beforeComma] }).compactMap {
      key, panel -> Chart? in
      // Times have one axis, so that plain and noisy steps can be compared.
      let unit = key[0]
      let held = held(rows.filter { $0.unit == unit }, unit)
      guard !charts(unit: unit).values(panel).isEmpty else { return nil }
      return unitChart(panel, unit, title: key[1], held: held) {
        $0.afterComma.isEmpty ? $0.case : $0.afterComma
      }
    }
    guard !panels.isEmpty else { return [] }
    return [
      Plot(
        group: .training, file: "training.svg",
        figure: Figure(
          title: "Training steps",
          caption: "Further left is faster. A stroke is what the target asks for.",
          charts: panels, columns: 2))
    ]
  }

  /// Times of updates, and over Adam's.
  func updatePlots(_ rows: [Row]) -> [Plot] {
    unitPlots(
      rows, .updates, file: "updates.svg", title: "Updates by optimizers",
      caption: "Further left is faster. A stroke is what the target asks for.")
  }

  /// Seconds of epochs, of reading and of writing.
  func filePlots(_ rows: [Row]) -> [Plot] {
    unitPlots(
      rows, .files, file: "files.svg", title: "Epochs and files",
      caption: "Further left is faster. A stroke is what the target asks for.")
  }

  /// Seconds of a certificate's draws and of a study.
  func robustnessPlots(_ rows: [Row]) -> [Plot] {
    unitPlots(
      rows, .robustness, file: "robustness.svg", title: "Certificates and studies",
      caption: "Further left is faster. A stroke is what the target asks for.")
  }

  /// Gains from a second thread.
  func threadPlots(_ rows: [Row]) -> [Plot] {
    unitPlots(
      rows, .threads, file: "threads.svg", title: "All threads over one",
      caption: "A stroke is what the target asks for.", scale: .linear,
      marked: [Double(machine.threads)])
  }

  func latencyPlots(_ rows: [Row]) -> [Plot] {
    unitPlots(
      rows, .latency, file: "latency.svg", title: "Latency of small work",
      caption: "Further left is faster. A stroke is what the target asks for.")
  }

  /// Lines over one parameter, a chart for each unit and subject.
  func scalingPlots(_ rows: [Row], _ group: Group, by parameter: String, title: String) -> [Plot] {
    let placed = rows.filter { $0.parameters?[parameter] != nil }
    let values = Set(placed.compactMap { $0.parameters?[parameter] }.map(Double.init)).sorted()
    let horizontal = Axis(group.rawValue, Scale(.logarithmic, holding: values), ticks: values)
    let panels = grouped(placed, by: { [$0.unit, $0.beforeComma] }).compactMap {
      key, rows -> Chart? in
      let charts = charts(unit: key[0])
      let values = charts.values(rows)
      guard !values.isEmpty else { return nil }
      let isMultiple = key[0].hasPrefix("×")
      return charts.byParameter(
        rows, parameter, title: key[1], horizontal: horizontal,
        vertical: Axis(key[0], Scale(.logarithmic, holding: values + (isMultiple ? [1] : []))),
        rules: isMultiple ? [Rule("as the plain one", .horizontal, at: 1)] : [])
    }
    guard !panels.isEmpty else { return [] }
    return [
      Plot(
        group: group, file: "\(group.rawValue).svg",
        figure: Figure(title: title, charts: panels, columns: min(panels.count, 2)))
    ]
  }

  /// Dots, a chart for each unit and a line for each row.
  private func unitPlots(
    _ rows: [Row], _ group: Group, file: String, title: String, caption: String = "",
    scale: Scale.Kind = .logarithmic, marked: [Double] = []
  ) -> [Plot] {
    let panels = grouped(rows, by: \.unit).compactMap { unit, rows -> Chart? in
      guard !charts(unit: unit).values(rows).isEmpty else { return nil }
      return unitChart(
        rows, unit, held: held(rows, unit), scale: scale, marked: marked,
        category: Report.shortNames(rows))
    }
    guard !panels.isEmpty else { return [] }
    return [
      Plot(
        group: group, file: file,
        figure: Figure(title: title, caption: caption, charts: panels))
    ]
  }

  /// A chart of one unit; multiples are held against 1.
  private func unitChart(
    _ rows: [Row], _ unit: String, title: String = "", held: [Double],
    scale: Scale.Kind = .logarithmic, marked: [Double] = [], category: (Row) -> String
  ) -> Chart {
    let marked = unit.hasPrefix("×") ? [1] + marked : []
    return charts(unit: unit).byCategory(
      rows, title: title, axis: Axis(unit, Scale(scale, holding: held + marked)),
      rules: marked.map { Rule(NumberText.exact($0) + unit, .vertical, at: $0) },
      category: category)
  }

  private func charts(unit: String) -> ContenderChart {
    ContenderChart(
      report: self, value: { row, name in row.figure(of: name, in: self) }, unit: unit,
      target: \.targetFigure)
  }

  /// What an axis of the rows has to hold: their values and their targets.
  private func held(_ rows: [Row], _ unit: String) -> [Double] {
    charts(unit: unit).values(rows) + rows.compactMap(\.targetFigure)
  }

  /// The cases' names without the words with which all of them begin.
  private static func shortNames(_ rows: [Row]) -> (Row) -> String {
    let words = rows.map { $0.case.split(separator: " ").map(String.init) }
    var shared = 0
    while rows.count > 1,
      words.allSatisfy({ $0.count > shared + 1 && $0[shared] == words[0][shared] })
    {
      shared += 1
    }
    return { $0.case.split(separator: " ").dropFirst(shared).joined(separator: " ") }
  }
}
