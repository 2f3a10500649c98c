import DitherCharts

extension StudyPage.Study {
  /// What is gained where the least sure answers are withheld.
  var rejection: PageSection {
    let places = report.models.indices.filter { !report.models[$0].uncertainty.rejection.isEmpty }
    let entropies = places.filter { $0 < compared.count }.compactMap(entropy)
    return PageSection(
      "rejection", "Leaving the least sure unanswered",
      places.isEmpty
        ? []
        : [
          .paragraph(
            "Accuracy on the rows that are left where those of the greatest predictive entropy get no answer. A network that knows what it does not know rises to 100 %. Here a network with noise is asked under that noise, the mean over its draws; everywhere else networks are used without it, so that the accuracies differ a little."
          ), .figures([rejectionFigure(places.filter { $0 < compared.count })] + entropies),
          .tables([uncertainties(places)]),
          .more("All numbers by share", places.map(rejectionTable)),
        ])
  }

  private func rejectionFigure(_ places: [Int]) -> PageFigure {
    let series = places.map { place in
      self.series(
        place,
        report.models[place].uncertainty.rejection.map {
          Point(x: 100 * $0.rejected, y: 100 * $0.accuracy)
        }, as: .curve)
    }
    let chart = Chart(
      horizontal: Axis("rows without an answer", Scale(.linear, from: 0, to: 100), suffix: " %"),
      vertical: .values(
        percentages("accuracy on the rest", holding: series.flatMap(\.points).map { $0.y / 100 })),
      series: series)
    return figure(chart, caption: "Accuracy against rejection")
  }

  private func entropy(_ place: Int) -> PageFigure? {
    let uncertainty = report.models[place].uncertainty
    let edges = uncertainty.entropyEdges
    guard edges.count >= 2, edges.count == uncertainty.rightRows.count + 1,
      edges.count == uncertainty.wrongRows.count + 1, edges[0] < edges[edges.count - 1],
      (uncertainty.rightRows + uncertainty.wrongRows).contains(where: { $0 > 0 })
    else { return nil }
    /// Shares, so that the few wrong answers are seen beside the many right ones.
    func points(_ counts: [Int]) -> [Point] {
      let total = Double(max(counts.reduce(0, +), 1))
      return counts.enumerated().map {
        Point(
          x: (edges[$0.offset] + edges[$0.offset + 1]) / 2, y: 100 * Double($0.element) / total)
      }
    }
    let (right, wrong) = (points(uncertainty.rightRows), points(uncertainty.wrongRows))
    let width = edges[1] - edges[0]
    let greatest = (right + wrong).map(\.y).max() ?? 0
    let chart = Chart(
      horizontal: Axis(
        "predictive entropy in nats",
        Scale(.linear, from: edges[0], to: edges[edges.count - 1])),
      vertical: .values(
        Axis("share of them", Scale(.linear, from: 0, to: greatest * 1.05), suffix: " %")),
      series: [
        Series("answered rightly", .columns(width: width), .ordinary(0), right),
        Series("wrongly", .columns(width: width), .emphasised, wrong),
      ])
    return figure(
      chart, caption: PageText("How sure: \(report.models[place].name)"),
      note: PageText("(\(counted(uncertainty.draws, "draw")))"))
  }

  private func uncertainties(_ places: [Int]) -> PageTable {
    PageTable(
      caption:
        "Entropy and mutual information are means over rows, in nats. Errors are found by their entropy: 1 is always, ½ not at all.",
      columns: [
        .words("network"), "mean accuracy over all shares", "errors found", "entropy",
        "mutual information", "draws",
      ],
      rows: places.map { place in
        let uncertainty = report.models[place].uncertainty
        return PageRow(
          header: .words(report.models[place].name),
          cells: [
            .number(uncertainty.rejectionArea, .percent),
            .number(uncertainty.errorDetection, .short),
            .number(uncertainty.meanEntropy, .short),
            .number(uncertainty.meanMutualInformation, .short), .count(uncertainty.draws),
          ], isEmphasised: report.models[place].isRecommended)
      })
  }

  private func rejectionTable(_ place: Int) -> PageTable {
    PageTable(
      caption: PageText(report.models[place].name), columns: ["without an answer", "accuracy"],
      rows: report.models[place].uncertainty.rejection.map {
        PageRow(header: .number($0.rejected, .percent), cells: [.number($0.accuracy, .percent)])
      })
  }
}
