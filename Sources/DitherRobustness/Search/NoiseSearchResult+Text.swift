import Foundation

extension NoiseSearchResult {
  /// What to do, in words.
  ///
  /// - Parameters:
  ///   - score: what the scores are called.
  ///   - format: how they are written: as numbers, which any score is, or in percent where they are shares, as the accuracy is one.
  public func text(score: String = "accuracy", format: ScoreFormat = .number) -> String {
    guard let entry = recommendedEntry else { return textOfNoNoise(score, format) }
    let (none, falls) = (entries[0], entry.cleanGain.mean < 0)
    var text = """
      Train with \(name(of: entry)). Under test noise the \(score) rises from \
      \(format.text(none.noisy)) without noise to \(format.text(entry.noisy)), by \
      \(words(entry.noisyGain, format)); on clean data it \(falls ? "falls" : "rises") from \
      \(format.text(none.clean)) to \(format.text(entry.clean)), by \
      \(words(entry.cleanGain, format, falls: falls)).
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
      "Intervals are such that those of all \(plan.candidates) candidates hold together in \(together) % of searches; where no noise helps, one is recommended in \(wrong) % at most."
  }

  private func name(of entry: Entry) -> String {
    let learned = entry.learnedScale.map { " (it came to \(ScoreFormat.number.text(Double($0))))" }
    return entry.candidate.name + (learned ?? "")
  }

  /// A difference with its interval; as a positive number where it falls.
  private func words(
    _ gain: PairedDifference, _ format: ScoreFormat, falls: Bool = false
  ) -> String {
    let interval = self.interval(of: gain)
    return falls
      ? format.difference(-gain.mean, -interval.upperBound, -interval.lowerBound)
      : format.difference(gain.mean, interval.lowerBound, interval.upperBound)
  }

  private func words(_ scales: ScaleRange) -> String {
    let best = "Of the scales tried around it \(scales.best) scored highest"
    switch (scales.lower, scales.upper) {
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
