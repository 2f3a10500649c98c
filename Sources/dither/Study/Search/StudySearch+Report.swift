import DitherRobustness

extension StudySearch {
  /// What was tried, as the report has it.
  func report(of result: NoiseSearchResult) -> StudyReport.Search {
    func noise(_ candidate: NoiseCandidate?) -> StudyReport.Noise? {
      candidate.map { candidates.noise($0, in: search) }
    }
    return StudyReport.Search(
      families: settings.families.map(\.rawValue), sites: settings.sites.map(\.rawValue),
      testNoise: LayerModel.text(candidates.testRule(settings.testNoise.family, testScale)),
      testDraws: Self.testDraws, epochs: settings.epochs, budget: result.plan.budget,
      epochsSpent: result.trials.reduce(0) { $0 + $1.trial.epochs },
      replicates: result.plan.replicates,
      rounds: result.plan.rounds.map {
        StudyReport.Round(candidates: $0.candidates, epochs: $0.epochs, kept: $0.kept)
      },
      trials: result.trials.map { trial in
        StudyReport.Trial(
          noise: noise(trial.trial.candidate), epochs: trial.trial.epochs,
          replicate: trial.trial.replicate, round: trial.round, clean: trial.clean,
          noisy: trial.noisy)
      },
      entries: result.entries.map { entry in
        StudyReport.Entry(
          noise: noise(entry.candidate), clean: entry.clean, noisy: entry.noisy,
          cleanGain: .init(entry.cleanGain.mean, result.interval(of: entry.cleanGain)),
          noisyGain: .init(entry.noisyGain.mean, result.interval(of: entry.noisyGain)),
          learnedScale: entry.learnedScale.map { Double(shortest: $0) },
          isOnFront: entry.isOnFront,
          isRecommended: entry.candidate != nil && entry.candidate == result.recommended)
      })
  }
}
