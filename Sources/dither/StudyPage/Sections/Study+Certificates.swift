import DitherCharts

extension StudyPage.Study {
  /// What is proved by randomized smoothing.
  var certificates: PageSection {
    let places = report.models.indices.filter { !report.models[$0].certificates.points.isEmpty }
    guard let first = places.first else {
      return PageSection("certificates", "Certified accuracy", [])
    }
    let shared = report.models[first].certificates
    return PageSection(
      "certificates", "Certified accuracy",
      [
        .paragraph(
          "By randomized smoothing (Cohen, Rosenfeld and Kolter 2019): the share of rows whose answer is right and provably stays so however the input is moved within a radius in L2. A certificate is wrong with a probability of \(PageNumber.short.text(shared.failureProbability)) at most."
        ),
        .figures([
          radii(
            places.filter { $0 < compared.count }, \.certificates.points,
            caption: "Certified accuracy by radius")
        ]),
        .tables([means(places)]),
        .more(
          "All numbers by radius",
          places.map { radiusTable(report.models[$0].name, report.models[$0].certificates.points) }),
      ])
  }

  /// A curve a model, by radius.
  func radii(
    _ places: [Int], _ points: (StudyReport.Model) -> [StudyReport.RadiusPoint], caption: PageText,
    note: PageText? = nil
  ) -> PageFigure {
    let series = places.map { place in
      self.series(
        place,
        points(report.models[place]).map { point($0.radius, $0.accuracy, "radius \($0.radius)") })
    }
    let all = places.flatMap { points(report.models[$0]) }
    let chart = Chart(
      horizontal: Axis("radius", Scale(.linear, holding: all.map(\.radius))),
      vertical: .values(percentages("accuracy", holding: ends(all.map(\.accuracy)))),
      series: series)
    return figure(chart, caption: caption, note: note)
  }

  func radiusTable(_ caption: String, _ points: [StudyReport.RadiusPoint]) -> PageTable {
    PageTable(
      caption: PageText(caption), columns: ["radius", "accuracy"],
      rows: points.map {
        PageRow(header: .number($0.radius, .short), cells: [.estimate($0.accuracy, .percent)])
      })
  }

  private func means(_ places: [Int]) -> PageTable {
    PageTable(
      caption: "The smoothed networks; the radius is 0 where the answer is wrong.",
      columns: [
        .words("network"), "mean certified radius", "without an answer", "standard deviation",
        "draws a row", "rows",
      ],
      rows: places.map { place in
        let certificates = report.models[place].certificates
        return PageRow(
          header: .words(report.models[place].name),
          cells: [
            .number(certificates.averageRadius, .short),
            .number(certificates.abstentionRate, .percent),
            .number(certificates.standardDeviation, .short), .count(certificates.draws),
            .count(certificates.rows),
          ], isEmphasised: report.models[place].isRecommended)
      })
  }
}
