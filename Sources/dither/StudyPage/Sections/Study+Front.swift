import DitherCharts
import DitherRobustness

extension StudyPage.Study {
  /// Clean against noisy accuracy of all that was trained in full.
  var front: PageSection {
    let entries = report.search.entries
    return PageSection(
      "front", "Clean against noisy accuracy",
      entries.isEmpty
        ? []
        : [
          .paragraph(
            "On the validation rows, of what was trained in full: no noise, the finalists and the scales around the best of them, not what the rounds of the search left out. On the front lies what nothing else here beats in one without losing in the other; whiskers are the intervals of the gain over no noise."
          ), .figures([frontFigure]), .tables([entryTable]),
        ])
  }

  /// What readers call a noise, as the names of the models do.
  func name(_ noise: StudyReport.Noise?) -> String {
    guard let noise else { return nameWithoutNoise }
    let candidate = NoiseCandidate(
      family: noise.family, site: noise.site, scale: Float(noise.scale),
      learnsScale: noise.learnsScale)
    return "\(candidate)"
  }

  private var frontFigure: PageFigure {
    let entries = report.search.entries
    let none = entries.first { $0.noise == nil }
    func point(_ entry: StudyReport.Entry) -> Point {
      let base = entry.noisy - entry.noisyGain.value
      let (lower, upper) = (
        100 * (base + entry.noisyGain.lower), 100 * (base + entry.noisyGain.upper)
      )
      return Point(
        x: 100 * entry.clean, y: 100 * entry.noisy,
        interval: entry.noise == nil || lower > upper ? nil : lower...upper,
        description:
          "\(name(entry.noise)): clean \(PageNumber.percent.text(entry.clean)), noisy \(PageNumber.percent.text(entry.noisy))"
      )
    }
    func dots(
      _ name: String, _ style: Series.Style, where isIn: (StudyReport.Entry) -> Bool
    ) -> Series { Series(name, .dots, style, entries.filter(isIn).map(point)) }
    let line = entries.filter(\.isOnFront).sorted { $0.clean < $1.clean }
      .map { Point(x: 100 * $0.clean, y: 100 * $0.noisy) }
    let series = [
      Series("the front", .curve, .ordinary(1), line),
      dots("tried", .ordinary(6)) { $0.noise != nil && !$0.isRecommended },
      dots("no noise", .ordinary(0)) { $0.noise == nil },
      dots("recommended", .emphasised) { $0.isRecommended },
    ]
    let heights =
      entries.map(\.noisy)
      + series.flatMap(\.points)
      .compactMap(\.interval).flatMap { [$0.lowerBound / 100, $0.upperBound / 100] }
    let chart = Chart(
      horizontal: percentages("clean accuracy", holding: entries.map(\.clean)),
      vertical: .values(percentages("noisy accuracy", holding: heights)), series: series)
    let caption = none.map {
      "No noise: \(PageNumber.percent.text($0.clean)) clean, \(PageNumber.percent.text($0.noisy)) under noise."
    }
    return figure(
      chart, caption: PageText(caption ?? "All that was trained in full."),
      note: PageText("Test noise of the search: \(report.search.testNoise)."), height: 260)
  }

  private var entryTable: PageTable {
    PageTable(
      caption: "All that was trained in full; gains over no noise in percentage points.",
      columns: [
        .words("noise"), "clean accuracy", "noisy accuracy", "clean gain", "noisy gain",
        "learned scale", .words("on the front"),
      ],
      rows: report.search.entries.map { entry in
        let isNone = entry.noise == nil
        return PageRow(
          header: .words(name(entry.noise)),
          cells: [
            .number(entry.clean, .percent), .number(entry.noisy, .percent),
            .estimate(isNone ? nil : entry.cleanGain, .points),
            .estimate(isNone ? nil : entry.noisyGain, .points),
            .number(entry.learnedScale, .short), .words(entry.isOnFront ? "yes" : "no"),
          ], isEmphasised: entry.isRecommended)
      })
  }
}
