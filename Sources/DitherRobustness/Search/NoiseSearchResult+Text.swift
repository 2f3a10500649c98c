import Foundation

extension NoiseSearchResult {
  /// What to do, in words.
  ///
  /// - Parameters:
  ///   - score: what the scores are called.
  ///   - format: how they are written: as numbers, which any score is, or in percent where they are shares, as the accuracy is one.
  public func text(score: String = "accuracy", format: ScoreFormat = .number) -> String {
    guard let entry = recommendedEntry else { return textOfNoNoise(score, format) }
    let none = entries[0]
    var text = """
      Train with \(name(of: entry)). Under test noise the \(score) rises from \
      \(format.text(none.noisy)) without noise to \(format.text(entry.noisy)): \
      \(words(entry.noisyGain, format)); on clean data it goes from \(format.text(none.clean)) to \
      \(format.text(entry.clean)): \(words(entry.cleanGain, format)).
      """
    if let scales { text += "\n" + words(scales) }
    return text + "\n" + certainty
  }

  private func textOfNoNoise(_ score: String, _ format: ScoreFormat) -> String {
    let text = """
      No noise helps here: of \(plan.candidates) candidates, none made the \(score) under test noise \
      higher than that without noise, \(format.text(entries[0].noisy)), by more than chance.
      """
    let comparison = ranking.first.map { entry in
      "\nThe nearest was \(name(of: entry)), with a difference of \(words(entry.noisyGain, format))."
    }
    return text + (comparison ?? "") + "\n" + certainty
  }

  private var certainty: String {
    let together = String(format: "%g", 100 * confidence)
    let wrong = String(format: "%.3g", 50 * (1 - confidence))
    return
      "Intervals are such that those of all \(plan.comparisons) noises that could have been compared, the \(plan.candidates) candidates and the scales around them, hold together in \(together) % of searches, under test noise and on clean data each by themselves; where no noise helps, one is recommended in \(wrong) % at most."
  }

  private func name(of entry: Entry) -> String {
    let learned = entry.learnedScale.map { " (it came to \($0.words))" }
    return entry.candidate.name + (learned ?? "")
  }

  /// A difference with its interval.
  private func words(_ gain: PairedDifference, _ format: ScoreFormat) -> String {
    let interval = self.interval(of: gain)
    return format.difference(gain.mean, interval.lowerBound, interval.upperBound)
  }

  private func words(_ scales: ScaleRange) -> String {
    let (first, last) = (scales.tried[0].words, scales.tried[scales.tried.count - 1].words)
    let highest =
      recommended?.scale == scales.best
      ? "it scored highest"
      : "\(scales.best.words) scored highest, but what it gains over no noise may be chance"
    let best = "Of \(scales.tried.count) scales tried, \(first) to \(last), \(highest)"
    switch (scales.lower?.words, scales.upper?.words) {
    case (let lower?, let upper?):
      return "\(best); the best lies between \(lower) and \(upper), which are measurably worse."
    case (let lower?, nil):
      return
        "\(best); the best lies above \(lower), which is measurably worse, and none tried above is."
    case (nil, let upper?):
      return
        "\(best); the best lies below \(upper), which is measurably worse, and none tried below is."
    case (nil, nil): return "\(best); none is measurably worse."
    }
  }
}
