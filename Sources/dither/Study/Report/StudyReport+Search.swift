extension StudyReport {
  /// What was tried, and what it came to on the validation rows.
  struct Search: Codable, Sendable, Equatable {
    /// The kinds of noise: `gaussian`, `dropout`, …
    var families: [String]
    /// Where in the network: `input`, `hidden`, `weight`, `bias`.
    var sites: [String]
    /// The test noise that networks were compared under, as a rule: `adding(gaussian:0.5)`.
    var testNoise: String
    /// Draws of the test noise for each validation row.
    var testDraws: Int
    /// Epochs of a full training.
    var epochs: Int
    /// Epochs that could be spent, and those that were.
    var budget: Int
    var epochsSpent: Int
    /// Full trainings of each finalist.
    var replicates: Int
    /// The rounds of halving; the first trains no noise too.
    var rounds: [Round]
    /// Every training in its order; of one noise there are several, of more epochs each round, and of other replicates at the end. No
    /// noise comes first.
    var trials: [Trial]
    /// What was trained in full in every replicate: no noise first, then the finalists, then scales around the best finalist's.
    var entries: [Entry]
  }

  /// A round of halving: so many candidates, no noise not counted, trained for so long, the best kept.
  struct Round: Codable, Sendable, Equatable {
    var candidates: Int
    var epochs: Int
    var kept: Int
  }

  /// One training.
  struct Trial: Codable, Sendable, Equatable {
    /// Nil for none.
    var noise: Noise?
    var epochs: Int
    /// From 0.
    var replicate: Int
    /// The round of halving, from 1, that it was first in; nil for those in full after them.
    var round: Int?
    /// The accuracy on the validation rows; nil where the training met a number that is not finite.
    var clean: Double?
    /// The same under test noise.
    var noisy: Double?
  }

  /// Full trainings with one noise.
  struct Entry: Codable, Sendable, Equatable {
    /// Nil for none.
    var noise: Noise?
    /// The mean accuracy on the validation rows over the replicates.
    var clean: Double
    /// The same under test noise.
    var noisy: Double
    /// By how much it is higher than without noise; 0 for none itself.
    var cleanGain: Estimate
    var noisyGain: Estimate
    /// What a learned scale came to.
    var learnedScale: Double?
    /// Whether no other entry is at least as good in both, and better in one.
    var isOnFront: Bool
    var isRecommended: Bool
  }
}
