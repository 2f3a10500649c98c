import DitherCharts

extension StudyPage.Study {
  /// Accuracy under growing test noise of every kind.
  var curves: PageSection {
    let figures = report.testNoises.indices.compactMap(curve)
    return PageSection(
      "curves", "Under growing test noise",
      figures.isEmpty
        ? []
        : [
          .paragraph(
            "Accuracy on the test rows as noise on the inputs grows, with 95 % intervals over these rows. All networks meet the same draws."
          ), .figures(figures),
          .tables([
            areas("Mean accuracy over the whole range of each test noise.", .percent) { $0.area },
            areas("What is gained over no noise, in percentage points.", .points) { $0.areaGain },
          ]), .more("All numbers of the curves", [numbers]),
        ])
  }

  private func points(_ model: StudyReport.Model, _ noise: Int) -> [StudyReport.CurvePoint] {
    model.curves.indices.contains(noise) ? model.curves[noise].points : []
  }

  private func curve(_ noise: Int) -> PageFigure? {
    let shown = compared.map { points($0, noise) }
    guard shown.contains(where: { !$0.isEmpty }) else { return nil }
    let axis = report.testNoises[noise]
    let all = compared.flatMap { model in
      report.testNoises.indices.flatMap { points(model, $0) }
    }
    let series = shown.enumerated().map { place, points in
      self.series(
        place, points.map { point($0.strength, $0.accuracy, "\(axis.axis) \($0.strength)") })
    }
    let rule = axis.searched.flatMap { place in
      axis.strengths.indices.contains(place)
        ? Rule("searched under", .vertical, at: axis.strengths[place]) : nil
    }
    let chart = Chart(
      horizontal: Axis(
        axis.axis, Scale(.linear, holding: shown.flatMap { $0.map(\.strength) })),
      vertical: .values(percentages("accuracy", holding: ends(all.map(\.accuracy)))),
      series: series, rules: rule.map { [$0] } ?? [])
    let draws = axis.trials == 1 ? "one draw a row" : "\(axis.trials) draws a row"
    return figure(chart, caption: PageText(axis.name), note: PageText("(\(draws))"))
  }

  /// A row a network, a column a test noise.
  private func areas(
    _ caption: PageText, _ number: PageNumber,
    _ value: @escaping (StudyReport.Curve) -> StudyReport.Estimate?
  ) -> PageTable {
    let rows = report.models.compactMap { model -> PageRow? in
      let estimates = model.curves.prefix(report.testNoises.count).map(value)
      guard estimates.contains(where: { $0 != nil }) else { return nil }
      return PageRow(
        header: .words(model.name), cells: estimates.map { .estimate($0, number) },
        isEmphasised: model.isRecommended)
    }
    return PageTable(
      caption: caption,
      columns: [.words("network")] + report.testNoises.map { PageColumn(PageText($0.name)) },
      rows: rows)
  }

  private var numbers: PageTable {
    let rows = report.testNoises.indices.flatMap { noise in
      report.models.flatMap { model in
        points(model, noise).map { point in
          PageRow(
            header: .words(report.testNoises[noise].name),
            cells: [
              .number(point.strength, .short), .words(model.name),
              .estimate(point.accuracy, .percent), .estimate(point.gain, .points),
              .estimate(point.loss, .short), .estimate(point.calibrationError, .percent),
            ], isEmphasised: model.isRecommended)
        }
      }
    }
    return PageTable(
      caption: "Every network under every test noise.",
      columns: [
        .words("test noise"), "strength", .words("network"), "accuracy", "gain", "loss",
        "calibration error",
      ], rows: rows)
  }
}
