import DitherRuntime

/// How a search spends its budget: known before anything is trained.
///
/// Successive halving with a fixed budget (Jamieson & Talwalkar 2016, *Non-stochastic best arm identification and hyperparameter
/// optimization*): each round trains what is left of the candidates for as many epochs as an equal share of the budget allows, and
/// keeps the best; the first trains no noise too, to compare with. What is kept to the end, the finalists, and no noise are trained in
/// full, once a replicate; then scales around that of the best finalist. A training begins anew each time, so that a schedule of the
/// learning rate fits its length.
public struct SearchPlan: Hashable, Codable, Sendable {
  /// A round of halving.
  public struct Round: Hashable, Codable, Sendable {
    /// Candidates that are trained, no noise not counted.
    public let candidates: Int
    /// Epochs of each.
    public let epochs: Int
    /// Candidates that are kept.
    public let kept: Int
  }

  /// The candidates at the start.
  public let candidates: Int
  /// The noises that could be compared with none: the candidates, and the scales that would be tried around each of them.
  public let comparisons: Int
  /// Epochs that may be spent.
  public let budget: Int
  /// Epochs of a full training.
  public let epochs: Int
  /// Full trainings of each finalist: other initial weights, order of batches and noise each time.
  public let replicates: Int
  /// Candidates left after the rounds.
  public let finalists: Int
  /// One of so many candidates is kept in each round.
  public let reduction: Int
  /// The rounds of halving; none where all candidates are finalists.
  public let rounds: [Round]

  /// The most epochs that the search takes, at most the budget.
  public let mostEpochs: Int

  /// What the interval of each comparison leaves out, so that all hold together with a probability of at least `confidence`.
  func failureProbability(of confidence: Double) -> Double {
    (1 - confidence) / Double(comparisons)
  }

  /// - Throws: ``SearchError/budgetTooSmall(budget:needed:)``.
  init(
    candidates: Int, comparisons: Int, epochs: Int, budget: Int, replicates: Int, finalists: Int,
    reduction: Int
  ) throws(SearchError) {
    require(epochs >= 1, "NoiseSearch: epochs is \(epochs); expected at least 1")
    require(
      replicates >= 3,
      "NoiseSearch: replicates is \(replicates); expected at least 3, which tell how much trainings differ"
    )
    require(finalists >= 1, "NoiseSearch: finalists is \(finalists); expected at least 1")
    require(reduction >= 2, "NoiseSearch: reduction is \(reduction); expected at least 2")
    let finalists = min(finalists, candidates)
    let inFull = (finalists + 1 + ScaleRange.mostNeighbours) * replicates * epochs
    var counts: [Int] = []
    var left = candidates
    while left > finalists {
      counts.append(left)
      left = max(finalists, (left + reduction - 1) / reduction)
    }
    // No noise is trained beside the candidates of the first round.
    let needed = inFull + counts.count * (candidates + 1)
    if budget < needed { throw .budgetTooSmall(budget: budget, needed: needed) }
    let share = (budget - inFull) / max(counts.count, 1)
    rounds = zip(counts, counts.dropFirst() + [finalists]).map { count, kept in
      let trainings = count == candidates ? count + 1 : count
      return Round(candidates: count, epochs: min(epochs, share / trainings), kept: kept)
    }
    mostEpochs =
      rounds.reduce(inFull) { $0 + $1.candidates * $1.epochs } + (rounds.first?.epochs ?? 0)
    self.candidates = candidates
    self.comparisons = comparisons
    self.budget = budget
    self.epochs = epochs
    self.replicates = replicates
    self.finalists = finalists
    self.reduction = reduction
  }
}
