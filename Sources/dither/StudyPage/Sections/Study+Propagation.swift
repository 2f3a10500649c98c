import DitherCharts

extension StudyPage.Study {
  /// How noise spreads from layer to layer.
  var propagation: PageSection {
    let figures = compared.compactMap(propagationFigure)
    return PageSection(
      "propagation", "How noise spreads through the layers",
      figures.isEmpty
        ? []
        : [
          .paragraph(
            "The ratio of signal to noise behind each layer, in decibels: noise at an input touches every layer after it, noise at an output begins there. A layer without a dot has no noise."
          ), .figures(figures),
          .more("All ratios", report.models.flatMap(propagationTables)),
        ])
  }

  private func propagationFigure(_ model: StudyReport.Model) -> PageFigure? {
    let layers = model.propagation.map(\.layers).max { $0.count < $1.count } ?? []
    let series = model.propagation.enumerated().map { place, propagation in
      Series(
        propagation.place.shortened(to: 44), .dots, place == 0 ? .emphasised : .ordinary(place - 1),
        propagation.layers.enumerated().compactMap { index, layer in
          layer.decibels.map {
            Point(
              x: $0, y: Double(index),
              description: "\(layer.layer): \(PageNumber.tenths.text($0)) dB")
          }
        })
    }
    let values = series.flatMap(\.points).map(\.x)
    guard !values.isEmpty else { return nil }
    let chart = Chart(
      horizontal: Axis("signal to noise", Scale(.linear, holding: values), suffix: " dB"),
      vertical: .categories(layers.map { $0.layer.shortened(to: 24) }), series: series)
    let rules = Set(model.propagation.map(\.rule)).sorted().joined(separator: ", ")
    return figure(chart, caption: PageText(model.name), note: PageText("(\(rules))"))
  }

  private func propagationTables(_ model: StudyReport.Model) -> [PageTable] {
    model.propagation.map { propagation in
      PageTable(
        caption: PageText("\(model.name): \(propagation.rule) at the \(propagation.place)"),
        columns: [.words("layer"), "decibels"],
        rows: propagation.layers.map {
          PageRow(header: .words($0.layer), cells: [.number($0.decibels, .tenths)])
        })
    }
  }
}
