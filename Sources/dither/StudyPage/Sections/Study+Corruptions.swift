extension StudyPage.Study {
  /// Errors on spoiled images.
  var corruptions: PageSection {
    let measured = report.models.filter { $0.corruptions != nil }
    let tables = measured.compactMap { model in
      model.corruptions.flatMap { errors($0, model.name) }
    }
    return PageSection(
      "corruptions", "Spoiled images",
      tables.isEmpty
        ? []
        : [
          .paragraph(
            "The share of wrong answers to test images that are spoiled in several ways, at severities 1 to 5; the stronger the ground, the more errors."
          ), .tables([means(measured)]), .tables(Array(tables.prefix(compared.count))),
          .more("The other networks", Array(tables.dropFirst(compared.count))),
        ])
  }

  private func errors(_ corruptions: StudyReport.Corruptions, _ name: String) -> PageTable? {
    guard !corruptions.names.isEmpty else { return nil }
    let severities = corruptions.errors.map(\.count).max() ?? 0
    return PageTable(
      caption: PageText(
        "Errors of \(name); without corruption \(PageNumber.percent.text(corruptions.cleanError))"),
      columns: [.words("corruption")] + (0..<severities).map { PageColumn("\($0 + 1)") },
      rows: zip(corruptions.names, corruptions.errors).map { name, errors in
        PageRow(
          header: .words(name),
          cells: errors.map { PageCell.number($0, .percent).tinted(tint("worse", $0)) })
      }, kind: "grid")
  }

  private func means(_ models: [StudyReport.Model]) -> PageTable {
    PageTable(
      caption: PageText(
        "All corruptions and severities together: the difference from \(nameWithoutNoise) in percentage points, and the mean corruption error relative to it (below 1 is better)."
      ),
      columns: [
        .words("network"), "mean error", "difference", "relative error", "error without corruption",
      ],
      rows: models.compactMap { model in
        model.corruptions.map { corruptions in
          PageRow(
            header: .words(model.name),
            cells: [
              .number(corruptions.meanError, .percent),
              .estimate(corruptions.meanErrorDifference, .points),
              .number(corruptions.meanCorruptionError, .short),
              .number(corruptions.cleanError, .percent),
            ], isEmphasised: model.isRecommended)
        }
      })
  }
}
