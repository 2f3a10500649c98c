import DitherRobustness

/// What to do, by what a search and the tests gave.
struct StudyRecommendation {
  private let search: StudySearch
  private let result: NoiseSearchResult
  private let models: [StudyReport.Model]

  init(_ search: StudySearch, _ result: NoiseSearchResult, _ models: [StudyReport.Model]) {
    (self.search, self.result, self.models) = (search, result, models)
  }

  /// - Parameter run: the folder of the network.
  func recommendation(run: String) -> StudyReport.Recommendation {
    let entry = result.entries.first { $0.candidate != nil && $0.candidate == result.recommended }
    // Where none helps, the nearest.
    let shown = entry ?? result.ranking.first
    return StudyReport.Recommendation(
      sentences: result.text(format: .percent).split(separator: "\n").map(String.init) + [onTest],
      noise: result.recommended.map { search.candidates.noise($0, in: search.search) },
      cleanGain: shown.map { .init($0.cleanGain.mean, result.interval(of: $0.cleanGain)) },
      noisyGain: shown.map { .init($0.noisyGain.mean, result.interval(of: $0.noisyGain)) },
      scales: result.scales.map { scales in
        StudyReport.Scales(
          best: Double(shortest: scales.best), lower: scales.lower.map { Double(shortest: $0) },
          upper: scales.upper.map { Double(shortest: $0) },
          tried: scales.tried.map { Double(shortest: $0) })
      }, confidence: result.confidence, falsePositiveRate: search.search.falsePositiveRate,
      run: run)
  }

  /// What the test rows say.
  private var onTest: String {
    let (rows, none) = (search.data.test.count, models[0])
    let place = StudyTestPlan.searchedPlace
    let noisy = none.curves[0].points[place].accuracy
    let without =
      "without noise \(words(none.accuracy)) are right, and \(words(noisy)) under the test noise"
    guard let model = models.first(where: \.isRecommended),
      let gain = model.curves[0].points[place].gain
    else { return "On the \(rows) test rows, looked at once, \(without). \(caution("network"))" }
    let point = model.curves[0].points[place]
    return
      "On the \(rows) test rows, looked at once, \(without); with it \(words(model.accuracy)) and \(words(point.accuracy)), a difference under the test noise of \(PageNumber.points.text(gain.value)) points (\(PageNumber.points.interval(gain))). \(caution("pair of networks"))"
  }

  private func words(_ share: StudyReport.Estimate) -> String {
    "\(PageNumber.percent.text(share.value)) (\(PageNumber.percent.interval(share)))"
  }

  /// - Parameter networks: that a sentence's intervals are of.
  private func caution(_ networks: String) -> String {
    "Intervals here are of 95 %, over the test rows, of this one \(networks): how much trainings differ is not in them."
  }
}
