/// What a search found, and all that it did.
public struct NoiseSearchResult: Hashable, Codable, Sendable {
  /// A training, with the means of its scores over the rows.
  public struct Trial: Hashable, Codable, Sendable {
    /// What was trained, and for how long.
    public let trial: SearchTrial
    /// The round of halving, from 1, that it was first trained in; nil where it was trained in full after them.
    public let round: Int?
    /// Without test noise; nil where the training met a number that is not finite.
    public let clean: Double?
    /// Under test noise; nil where the training met a number that is not finite.
    public let noisy: Double?
  }

  /// What was trained in full, in every replicate.
  public struct Entry: Hashable, Codable, Sendable {
    /// The noise; nil for none.
    public let candidate: NoiseCandidate?
    /// The mean score without test noise.
    public let clean: Double
    /// The mean score under test noise.
    public let noisy: Double
    /// By how much it scores higher than no noise without test noise.
    public let cleanGain: PairedDifference
    /// By how much it scores higher than no noise under test noise.
    public let noisyGain: PairedDifference
    /// What a learned scale came to, the mean of the replicates.
    public let learnedScale: Float?
    /// Whether no other entry is at least as high in both scores and higher in one.
    public internal(set) var isOnFront = false
  }

  /// How the budget was spent.
  public let plan: SearchPlan
  /// That of all intervals under test noise together, and of all without.
  public let confidence: Double
  /// What was trained in full: no noise first, then the finalists, then scales around that of the best finalist.
  public let entries: [Entry]
  /// The noise to train with: a finalist, or the best finalist's at a scale around its own; nil where no noise helps.
  public let recommended: NoiseCandidate?
  /// Which scales of the recommended noise may be the best; nil where there is none, or its scale is learned. Its `best` is
  /// recommended, but for one whose gain does not lie above 0 by its interval.
  public let scales: ScaleRange?
  /// Every training, in order.
  public let trials: [Trial]

  /// The Pareto front of clean against noisy scores among what was trained in full, the highest clean score first: no noise, the
  /// finalists and the scales around the best of them. What the rounds of halving left out is not compared.
  public var front: [Entry] {
    entries.filter(\.isOnFront).sorted { ($0.clean, $0.noisy) > ($1.clean, $1.noisy) }
  }

  /// Every noise that was trained in full, the highest score under test noise first; of equals the one that scores higher without,
  /// then the earlier.
  public var ranking: [Entry] {
    entries.dropFirst().ranked
  }

  /// That of the recommended noise; nil where no noise helps.
  var recommendedEntry: Entry? {
    entries.first { $0.candidate != nil && $0.candidate == recommended }
  }

  /// The interval of an entry's gain: those of all that could have been compared hold together with at least the probability
  /// ``confidence``, those under test noise by themselves, which alone decide, and those without by themselves.
  public func interval(of gain: PairedDifference) -> ClosedRange<Double> {
    gain.interval(failureProbability: plan.failureProbability(of: confidence))
  }
}

extension Sequence<NoiseSearchResult.Entry> {
  /// The highest score under test noise first; of equals the one that scores higher without, then the earlier.
  fileprivate var ranked: [NoiseSearchResult.Entry] {
    sorted { ($0.noisy, $0.clean) > ($1.noisy, $1.clean) }
  }
}

/// A result in the making.
struct SearchSummary {
  private let search: NoiseSearch
  private var noNoise: [TrialScores] = []
  private var entries: [NoiseSearchResult.Entry] = []
  private var scales: ScaleRange?

  init(_ search: NoiseSearch) { self.search = search }

  /// What to train with, of all that was compared so far: of what scores higher than no noise by its interval, the highest score.
  var winner: NoiseCandidate? {
    let level = search.plan.failureProbability(of: search.confidence)
    return entries.filter { $0.noisyGain.interval(failureProbability: level).lowerBound > 0 }
      .ranked.first?.candidate
  }

  /// Compares the finalists with no noise.
  ///
  /// - Parameter scores: of a candidate's full trainings; nil where one failed.
  mutating func compare(
    _ finalists: [NoiseCandidate], with noNoise: [TrialScores],
    scores: (NoiseCandidate) -> [TrialScores]?
  ) {
    self.noNoise = noNoise
    entries = [entry(nil, noNoise)]
    for candidate in finalists {
      if let scores = scores(candidate) { entries.append(entry(candidate, scores)) }
    }
  }

  /// Takes in the scales around the winner's, its own among them: one of them may be the winner then.
  mutating func refine(
    _ candidates: [NoiseCandidate], scores: (NoiseCandidate) -> [TrialScores]?
  ) {
    let all = candidates.map { (candidate: $0, scores: scores($0)) }
    for (candidate, scores) in all where !entries.contains(where: { $0.candidate == candidate }) {
      if let scores { entries.append(entry(candidate, scores)) }
    }
    // Of equals the finalist, as of recommendations.
    let best = entries.filter { $0.candidate.map(candidates.contains) == true }
      .ranked.first?.candidate
    scales = best.map { best in
      ScaleRange(
        all.map { (scale: $0.candidate.scale, noisy: $0.scores?.map(\.noisy)) }, best: best.scale,
        failureProbability: 1 - search.confidence)
    }
  }

  private func entry(
    _ candidate: NoiseCandidate?, _ scores: [TrialScores]
  ) -> NoiseSearchResult.Entry {
    let learned = scores.compactMap(\.learnedScale)
    return NoiseSearchResult.Entry(
      candidate: candidate, clean: scores.cleanMean, noisy: scores.noisyMean,
      cleanGain: PairedDifference(of: scores.map(\.clean), minus: noNoise.map(\.clean)),
      noisyGain: PairedDifference(of: scores.map(\.noisy), minus: noNoise.map(\.noisy))
        .divided(by: noNoise[0].draws),
      learnedScale: learned.isEmpty ? nil : learned.reduce(0, +) / Float(learned.count))
  }

  func result(_ trials: [NoiseSearchResult.Trial]) -> NoiseSearchResult {
    var entries = self.entries
    let ranks = ParetoFront.ranks(entries.map { (clean: $0.clean, noisy: $0.noisy) })
    for place in entries.indices { entries[place].isOnFront = ranks[place] == 0 }
    return NoiseSearchResult(
      plan: search.plan, confidence: search.confidence, entries: entries, recommended: winner,
      scales: scales, trials: trials)
  }
}
