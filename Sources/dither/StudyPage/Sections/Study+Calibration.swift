import DitherCharts

extension StudyPage.Study {
  /// Whether probabilities are what they say.
  var calibration: PageSection {
    let figures = [
      reliability("On clean data", \.cleanAnswers), reliability("Under noise", \.noisyAnswers),
    ].compactMap { $0 }
    return PageSection(
      "calibration", "Calibration",
      figures.isEmpty
        ? []
        : [
          .paragraph(
            "Of the answers that a network gives with a probability of 80 %, 80 % should be right. Below the grey line it is too sure, above it not sure enough; whiskers are 95 % intervals, wide where few answers are."
          ), .figures(figures), .tables([errors]),
          .more(
            "All numbers by confidence",
            report.models.flatMap { model in
              [
                bins(model.cleanAnswers.reliability, "\(model.name), clean"),
                bins(model.noisyAnswers.reliability, "\(model.name), under noise"),
              ]
            }),
        ])
  }

  private func reliability(
    _ caption: PageText, _ answers: (StudyReport.Model) -> StudyReport.Answers
  ) -> PageFigure? {
    let series = compared.enumerated().map { place, model in
      let points = answers(model).reliability.compactMap { bin -> Point? in
        guard let confidence = bin.confidence, let accuracy = bin.accuracy, bin.rows > 0 else {
          return nil
        }
        let interval = WilsonInterval(share: accuracy, rows: bin.rows)
        return Point(
          x: 100 * confidence, y: 100 * accuracy,
          interval: 100 * interval.lower...100 * interval.upper,
          description:
            "\(PageNumber.percent.text(confidence)) sure, \(PageNumber.percent.text(accuracy)) right, \(counted(bin.rows, "row"))"
        )
      }
      return self.series(place, points, as: .dots)
    }
    guard series.contains(where: { !$0.points.isEmpty }) else { return nil }
    let whole = Scale(.linear, from: 0, to: 100)
    let ideal = Series(
      "as it should be", .curve, .ordinary(6), [Point(x: 0, y: 0), Point(x: 100, y: 100)])
    let chart = Chart(
      horizontal: Axis("probability of the answer", whole, suffix: " %"),
      vertical: .values(Axis("right answers", whole, suffix: " %")), series: [ideal] + series)
    return figure(chart, caption: caption, height: 260)
  }

  private var errors: PageTable {
    PageTable(
      caption:
        "The expected calibration error: the mean gap between probability and share of right answers, in intervals of probability, with 95 % intervals.",
      columns: [.words("network"), "clean"]
        + searchedNoises.map { PageColumn(PageText("under \(report.testNoises[$0].name)")) },
      rows: report.models.map { model in
        PageRow(
          header: .words(model.name),
          cells: [.estimate(model.calibrationError, .percent)]
            + searchedNoises.map { noise in
              let place = report.testNoises[noise].searched ?? 0
              let points = model.curves.indices.contains(noise) ? model.curves[noise].points : []
              return .estimate(
                points.indices.contains(place) ? points[place].calibrationError : nil, .percent)
            }, isEmphasised: model.isRecommended)
      })
  }

  private var searchedNoises: [Int] {
    report.testNoises.indices.filter { report.testNoises[$0].searched != nil }
  }

  private func bins(_ bins: [StudyReport.ReliabilityBin], _ caption: String) -> PageTable {
    PageTable(
      caption: PageText(caption), columns: ["above", "to", "rows", "mean probability", "right"],
      rows: bins.map { bin in
        PageRow(
          header: .number(bin.lower, .percent),
          cells: [
            .number(bin.upper, .percent), .count(bin.rows), .number(bin.confidence, .percent),
            .number(bin.accuracy, .percent),
          ])
      })
  }
}
