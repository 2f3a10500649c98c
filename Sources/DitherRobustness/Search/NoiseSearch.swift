import DitherRuntime
public import NoiseDistributions

/// A search for the noise that makes a network hold up: which, where, and how much, within a budget.
///
/// It compares families of noise at their scales by successive halving (``SearchPlan``), trains what is left and a network without
/// noise in full, several times, and recommends the one that scores highest under test noise, or none. All that is compared is
/// paired: trials of one replicate begin with the same weights, see the same batches, and are judged on the same rows under the same
/// test noise.
///
/// ```swift
/// let search = try NoiseSearch(
///   families: [
///     NoiseFamily(
///       adding: Gaussian(standardDeviation: 1), "gaussian", at: "input", scales: [0.05, 0.1, 0.2, 0.4],
///       learnedFrom: 0.1),
///     NoiseFamily("dropout", at: "output", scales: [0.1, 0.2, 0.4], largestScale: 0.9) {
///       .dropout(rate: Double($0))
///     },
///   ],
///   epochs: 20, budget: 2_000)
/// print(search.candidates.count, search.plan.mostEpochs)
/// ```
///
/// ``run(_:keptIn:subject:concurrentTrials:progress:)`` searches for a network's noise by ``NetworkTrials``;
/// ``run(keptIn:subject:concurrentTrials:progress:trial:)`` by any other trials.
///
/// Each noise's gain over none is a ``PairedDifference``; its interval leaves out (1 − confidence) / K, half on each side, for the K
/// noises that could have been compared (``SearchPlan/comparisons``): all candidates and the scales around each. So all intervals of
/// gains under test noise hold together with at least the probability `confidence`, and so do all of gains without it (Bonferroni's
/// inequality), whatever the halving kept and wherever the refinement went, although both looked at the same rows. A noise is
/// recommended if its interval under test noise lies above 0: of those whose does, the one that scores highest, first of the
/// finalists, then of these and the scales that are tried around the first's. Of equals it is the one that scores higher without
/// test noise, then the earlier. Where none of the noises helps, one is recommended with at most the probability ``falsePositiveRate``, to the accuracy of the approximation behind the intervals.
public struct NoiseSearch: Sendable {
  /// What is tried.
  public let families: [NoiseFamily]
  /// How the budget is spent.
  public let plan: SearchPlan
  /// That of all intervals under test noise together, and of all without.
  public let confidence: Double

  /// What changes where a search of the same settings comes to another result, or its file holds something else: a search does not
  /// go on from another version's.
  public static let version = 2

  /// The most probable that a noise is recommended where none helps: (1 − confidence) / 2, since an interval leaves out half above.
  public var falsePositiveRate: Double { (1 - confidence) / 2 }

  /// - Parameters:
  ///   - families: at least one; no two of one name at one site.
  ///   - epochs: of a full training, at least 1.
  ///   - budget: epochs of all trainings together.
  ///   - replicates: full trainings of each finalist and of no noise, at least 3.
  ///   - finalists: candidates that are trained in full, at least 1.
  ///   - reduction: one of so many candidates is kept in each round of halving, at least 2.
  ///   - confidence: of all intervals of a kind together; above 0 and below 1. Others than these stop the program.
  /// - Throws: ``SearchError/budgetTooSmall(budget:needed:)``.
  public init(
    families: [NoiseFamily], epochs: Int, budget: Int, replicates: Int = 5, finalists: Int = 4,
    reduction: Int = 3, confidence: Double = 0.95
  ) throws(SearchError) {
    require(!families.isEmpty, "NoiseSearch: no families; expected at least one")
    requireProbability(confidence, "NoiseSearch", "confidence")
    for (place, family) in families.enumerated() {
      require(
        !families[..<place].contains { $0.name == family.name && $0.site == family.site },
        "NoiseSearch: two families \"\(family.name)\" at \(family.site); expected other names")
    }
    self.families = families
    self.confidence = confidence
    plan = try SearchPlan(
      candidates: families.reduce(0) { $0 + $1.candidates.count },
      comparisons: families.reduce(0) { $0 + $1.comparisons }, epochs: epochs, budget: budget,
      replicates: replicates, finalists: finalists, reduction: reduction)
  }

  /// All candidates, family by family.
  public var candidates: [NoiseCandidate] { families.flatMap(\.candidates) }

  /// The rule of a candidate; one of none of the families stops the program.
  public func rule(of candidate: NoiseCandidate) -> NoiseRule {
    family(of: candidate).rule(of: candidate)
  }

  func family(of candidate: NoiseCandidate) -> NoiseFamily {
    guard let family = families.first(where: { $0.holds(candidate) }) else {
      misuse("NoiseSearch: the candidate is \(candidate); expected one of the families'")
    }
    return family
  }

  /// What must be the same for a search to go on from a file.
  func settings(_ subject: String) -> [SearchState.Setting] {
    [
      ("version of the search", "\(Self.version)"),
      ("version of the noise stream", "\(NoiseStream.version)"),
      ("subject", subject),
      (
        "candidates",
        candidates.map { "\($0) (\($0.scale)), \(rule(of: $0))" }.joined(separator: "; ")
      ),
      ("largest scales", "\(families.map(\.largestScale))"),
      ("epochs", "\(plan.epochs)"),
      ("budget", "\(plan.budget)"),
      ("replicates", "\(plan.replicates)"),
      ("finalists", "\(plan.finalists)"),
      ("reduction", "\(plan.reduction)"),
      ("confidence", "\(confidence)"),
    ].map { SearchState.Setting(name: $0.0, value: $0.1) }
  }
}
