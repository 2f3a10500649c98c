import DitherRobustness

extension StudyPage.Study {
  /// What to do, with its intervals.
  var recommendation: PageSection {
    let sentences = report.recommendation.sentences
    return PageSection(
      "recommendation", "Recommendation",
      sentences.prefix(1).map { .lead(PageText($0)) } + [.cards(keyNumbers)]
        + sentences.dropFirst().map { .paragraph(PageText($0)) } + command + [.tables([tested])])
  }

  private var command: [PageBlock?] {
    let run = report.recommendation.run
    let again = (
      settings: shellQuoted("\(run)/configuration.json"), folder: shellQuoted("\(run)-again")
    )
    return report.recommendation.noise.map {
      [
        .paragraph(
          "To train such a network anew, on all rows of the data, with this noise and all other settings, from where the study ran:"
        ),
        .code(PageText("dither train --configuration \(again.settings) --output \(again.folder)")),
        .paragraph("The noise alone, beside settings of your own:"),
        .code("--noise '\($0.rule)'"),
      ]
    } ?? []
  }

  private var keyNumbers: [PageFact] {
    let recommendation = report.recommendation
    let name = recommendation.noise == nil ? "the nearest noise" : "the recommended noise"
    func fact(_ title: String, _ gain: StudyReport.Estimate?) -> PageFact? {
      gain.map {
        PageFact(
          name: PageText(title), value: PageText(PageNumber.points.text($0.value) + " points"),
          note: PageText("\(PageNumber.points.interval($0)); by \(name), on the validation rows"),
          data: PageText("\($0.value)"))
      }
    }
    let scales = recommendation.scales.map { scales in
      PageFact(
        name: "Best of the scales tried", value: PageText(Float(scales.best).words),
        note: PageText(words(scales)), data: PageText("\(scales.best)"))
    }
    return [
      fact("Accuracy gained under noise", recommendation.noisyGain),
      fact("Accuracy gained on clean data", recommendation.cleanGain), scales,
    ].compactMap { $0 }
  }

  private func words(_ scales: StudyReport.Scales) -> String {
    let (lower, upper) = (
      scales.lower.map { Float($0).words }, scales.upper.map { Float($0).words }
    )
    return switch (lower, upper) {
    case (let lower?, let upper?): "the best lies between \(lower) and \(upper)"
    case (let lower?, nil): "the best lies above \(lower)"
    case (nil, let upper?): "the best lies below \(upper)"
    case (nil, nil): "none is measurably worse"
    }
  }

  /// How the networks did on rows that no choice was made by.
  private var tested: PageTable {
    let searched = report.testNoises.indices.first { report.testNoises[$0].searched != nil }
    let rows = report.models.map { model in
      let point = searched.flatMap { noise -> StudyReport.CurvePoint? in
        guard model.curves.indices.contains(noise), let place = report.testNoises[noise].searched,
          model.curves[noise].points.indices.contains(place)
        else { return nil }
        return model.curves[noise].points[place]
      }
      return PageRow(
        header: .words(model.name),
        cells: [
          .estimate(model.accuracy, .percent), .estimate(point?.accuracy, .percent),
          .estimate(point?.gain, .points), .estimate(model.loss, .short),
          .estimate(model.calibrationError, .percent),
        ], isEmphasised: model.isRecommended)
    }
    return PageTable(
      caption:
        "The networks on the test rows, with 95 % intervals over these rows: of one training each, so that how much trainings differ is not in them. The noisy columns are under the noise that was searched under; the gain is in percentage points, paired with no noise.",
      columns: [
        .words("network"), "clean accuracy", "noisy accuracy", "gain under noise", "clean loss",
        "calibration error",
      ], rows: rows)
  }
}
