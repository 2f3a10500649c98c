import DitherRuntime

extension NoiseSearch {
  /// Searches by trials of one's own: any training, any score.
  ///
  /// The result is a function of what `trial` gives alone, to the bit: not of the number of trials at once, nor of interruptions.
  ///
  /// - Parameters:
  ///   - file: where the trials so far are kept, as JSON, written whole after each; a search of the same settings goes on from it,
  ///     with the result of one that never stopped. Nil to keep nothing.
  ///   - subject: what the trials do, in words that change where their results would: a search does not go on from another's.
  ///   - concurrentTrials: trials at once, at least 1, each with its share of the threads; another stops the program.
  ///   - progress: called after each trial, one call at a time. What it throws ends the search, which the file can resume.
  ///   - trial: trains with the noise of its candidate, or none, and scores: on the same rows and under the same draws of test noise
  ///     each time. A function of the trial alone, or a search cannot be repeated. Nil where the training met a number that is not
  ///     finite: that candidate is out.
  /// - Throws: ``SearchError``; what `trial` and `progress` throw; `CancellationError` where the task is cancelled.
  public func run(
    keptIn file: String? = nil, subject: String = "", concurrentTrials: Int = 1,
    progress: (@Sendable (SearchProgress) throws -> Void)? = nil,
    trial: @escaping @Sendable (SearchTrial) throws -> TrialScores?
  ) async throws -> NoiseSearchResult {
    require(
      concurrentTrials >= 1,
      "NoiseSearch.run: concurrentTrials is \(concurrentTrials); expected at least 1")
    var run = SearchRun(
      search: self, state: try SearchState(settings(subject), file: file),
      concurrentTrials: concurrentTrials, progress: progress, trial: trial)
    return try await run.result()
  }
}

/// A search under way.
struct SearchRun {
  let search: NoiseSearch
  var state: SearchState
  let concurrentTrials: Int
  let progress: (@Sendable (SearchProgress) throws -> Void)?
  let trial: @Sendable (SearchTrial) throws -> TrialScores?
  /// Every trial so far, in order.
  private var trials: [SearchTrial] = []
  /// The rounds of those that were first trained in one.
  private var rounds: [SearchTrial: Int] = [:]

  init(
    search: NoiseSearch, state: SearchState, concurrentTrials: Int,
    progress: (@Sendable (SearchProgress) throws -> Void)?,
    trial: @escaping @Sendable (SearchTrial) throws -> TrialScores?
  ) {
    self.search = search
    self.state = state
    self.concurrentTrials = concurrentTrials
    self.progress = progress
    self.trial = trial
  }

  mutating func result() async throws -> NoiseSearchResult {
    var left = search.candidates
    for (number, round) in search.plan.rounds.enumerated() {
      let trials = left.map { SearchTrial(candidate: $0, epochs: round.epochs, replicate: 0) }
      let none = SearchTrial(candidate: nil, epochs: round.epochs, replicate: 0)
      try await complete(
        (number == 0 ? [none] : []) + trials, .round(number + 1, of: search.plan.rounds.count))
      left = best(round.kept, of: trials)
    }
    try await complete(inFull([nil]) + inFull(left), .finalists)
    var summary = SearchSummary(search)
    for (replicate, scores) in replicates(of: nil).enumerated() where scores == nil {
      throw SearchError.noNoiseFailed(replicate: replicate)
    }
    summary.compare(left, with: replicates(of: nil).compactMap(\.self)) { fullScores(of: $0) }
    if let winner = summary.winner, !winner.learnsScale {
      let family = search.family(of: winner)
      let around = ScaleRange.scales(around: winner.scale, atMost: family.largestScale)
        .map { family.candidate(at: $0) }
      try await complete(inFull(around.filter { !left.contains($0) }), .scales)
      summary.refine(around) { fullScores(of: $0) }
    }
    return summary.result(
      trials.map { trial in
        let scores = state.scores(of: trial)
        return NoiseSearchResult.Trial(
          trial: trial, round: rounds[trial], clean: scores?.cleanMean, noisy: scores?.noisyMean)
      })
  }

  // MARK: Trials

  /// Those of full trainings, replicate by replicate.
  private func inFull(_ candidates: [NoiseCandidate?]) -> [SearchTrial] {
    let plan = search.plan
    return (0..<plan.replicates).flatMap { replicate in
      candidates.map { SearchTrial(candidate: $0, epochs: plan.epochs, replicate: replicate) }
    }
  }

  /// The scores of each full training of a candidate.
  private func replicates(of candidate: NoiseCandidate?) -> [TrialScores?] {
    inFull([candidate]).map { state.scores(of: $0) }
  }

  /// The same where none failed; else nil.
  private func fullScores(of candidate: NoiseCandidate) -> [TrialScores]? {
    let scores = replicates(of: candidate).compactMap(\.self)
    return scores.count == search.plan.replicates ? scores : nil
  }

  /// The best of what was tried: the first front of clean against noisy scores before the second, and so on; on a front the higher
  /// noisy score first; of equals the earlier one. What failed comes last.
  private func best(_ count: Int, of trials: [SearchTrial]) -> [NoiseCandidate] {
    let means = trials.map { trial in
      state.scores(of: trial).map { (clean: $0.cleanMean, noisy: $0.noisyMean) }
        ?? (clean: -Double.infinity, noisy: -Double.infinity)
    }
    let ranks = ParetoFront.ranks(means)
    let order = trials.indices.sorted { one, other in
      if ranks[one] != ranks[other] { return ranks[one] < ranks[other] }
      let (first, second) = (means[one].noisy, means[other].noisy)
      return first == second ? one < other : first > second
    }
    // In the order in which the families list them.
    return order.prefix(count).sorted().compactMap { trials[$0].candidate }
  }

  /// Does what is left to do of some trials, several at once.
  private mutating func complete(
    _ trials: [SearchTrial], _ phase: SearchProgress.Phase
  ) async throws {
    let known = Set(self.trials)
    let new = trials.filter { !known.contains($0) }
    self.trials += new
    if case .round(let number, _) = phase { for trial in new { rounds[trial] = number } }
    let pending = state.pending(of: trials)
    let atOnce = min(concurrentTrials, pending.count)
    if atOnce == 0 { return }
    let threads = max(1, Execution.current.threads / atOnce)
    let trial = self.trial
    try await withThrowingTaskGroup(of: (SearchTrial, TrialScores?).self) { group in
      func start(_ next: SearchTrial) {
        group.addTask { try withThreads(threads) { (next, try trial(next)) } }
      }
      for next in pending.prefix(atOnce) { start(next) }
      var waiting = pending.dropFirst(atOnce)
      for try await (done, scores) in group {
        requireRows(of: scores)
        try state.add(scores, of: done)
        try progress?(
          SearchProgress(
            phase: phase, trial: done, scores: scores, epochs: epochs,
            mostEpochs: search.plan.mostEpochs))
        try Task.checkCancellation()
        if let next = waiting.popFirst() { start(next) }
      }
    }
  }

  /// Epochs of the trials that are done.
  private var epochs: Int { state.results.keys.reduce(0) { $0 + $1.epochs } }

  /// Stops at scores of another number of rows or draws than those before.
  private func requireRows(of scores: TrialScores?) {
    guard let scores, let first = state.results.values.lazy.compactMap(\.self).first else { return }
    require(
      scores.clean.count == first.clean.count,
      "NoiseSearch.run: a trial gave \(scores.clean.count) scores; expected \(first.clean.count), as the others"
    )
    require(
      scores.draws == first.draws,
      "NoiseSearch.run: a trial's scores are of \(scores.draws) draws; expected \(first.draws), as the others"
    )
  }
}
