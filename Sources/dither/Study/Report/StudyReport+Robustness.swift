extension StudyReport {
  /// What randomized smoothing can prove: the share of rows that stay answered rightly however they are moved within a radius.
  struct Certificates: Codable, Sendable, Equatable {
    /// Of the Gaussian noise that the network is smoothed with.
    var standardDeviation: Double
    /// Draws for each row.
    var draws: Int
    /// The most probable that a certificate is wrong.
    var failureProbability: Double
    /// Test rows, evenly spaced among all.
    var rows: Int
    /// By the radius in L2, ascending from 0, with the intervals of Clopper and Pearson.
    var points: [RadiusPoint]
    /// The mean certified radius, 0 where the answer is wrong.
    var averageRadius: Double
    /// The share of rows without an answer.
    var abstentionRate: Double
  }

  struct RadiusPoint: Codable, Sendable, Equatable {
    var radius: Double
    var accuracy: Estimate
  }

  /// Accuracy while each input is moved to where the network errs.
  struct Attack: Codable, Sendable, Equatable {
    /// `FGSM` or `PGD`.
    var name: String
    /// Of the radius: `L∞` or `L2`.
    var norm: String
    var steps: Int
    /// Test rows, evenly spaced among all.
    var rows: Int
    /// By the radius, ascending, the first 0, with the intervals of Clopper and Pearson.
    var points: [RadiusPoint]
  }

  /// Whether the gradients that attacks follow can be trusted.
  struct GradientMasking: Codable, Sendable, Equatable {
    var radius: Double
    var oneStepAccuracy: Double
    /// Under a quarter of the steps.
    var fewStepsAccuracy: Double
    var manyStepsAccuracy: Double
    var randomAccuracy: Double
    var largeRadius: Double
    var largeRadiusAccuracy: Double
    /// In words, a sentence each; empty where no sign was seen.
    var warnings: [String]
  }

  /// The share of wrong answers to spoiled images.
  struct Corruptions: Codable, Sendable, Equatable {
    var names: [String]
    /// For each corruption at the severities 1 to 5.
    var errors: [[Double]]
    /// Without corruption.
    var cleanError: Double
    /// Over corruptions and severities.
    var meanError: Double
    /// By how much it exceeds that of the network without noise, paired, below 0 where it is better; nil for that itself.
    var meanErrorDifference: Estimate?
    /// Relative to the network without noise (Hendrycks and Dietterich 2019): below 1 is better; nil for that itself, or where it is
    /// never wrong under a corruption.
    var meanCorruptionError: Double?
  }

  /// How sure the network is, over draws of its noise.
  struct Uncertainty: Codable, Sendable, Equatable {
    /// Passes with its noise; 1 where it has none.
    var draws: Int
    /// Accuracy where the least sure rows are left without an answer.
    var rejection: [RejectionPoint]
    /// The area under that curve: the mean accuracy over all shares.
    var rejectionArea: Double
    /// Rows by predictive entropy, in nats: the edges of the intervals, one more than there are counts.
    var entropyEdges: [Double]
    /// Rows that were answered rightly, by entropy.
    var rightRows: [Int]
    /// Rows that were answered wrongly, by entropy.
    var wrongRows: [Int]
    /// The mean over rows.
    var meanEntropy: Double
    /// What the draws disagree about, the mean over rows.
    var meanMutualInformation: Double
    /// How well entropy tells wrong answers from right ones: 1 always, ½ not at all; nil where all are right or all wrong.
    var errorDetection: Double?
  }

  struct RejectionPoint: Codable, Sendable, Equatable {
    /// The share of rows without an answer.
    var rejected: Double
    var accuracy: Double
  }

  /// How noise at one place spreads through the network.
  struct Propagation: Codable, Sendable, Equatable {
    /// `input of the first layer` or `output of the first layer`.
    var place: String
    /// The noise: `adding(gaussian:0.5)`.
    var rule: String
    /// In the order in which they run.
    var layers: [LayerRatio]
  }

  struct LayerRatio: Codable, Sendable, Equatable {
    /// `0 Linear`, `1 ReLU`, …
    var layer: String
    /// The signal-to-noise ratio behind it, in decibels; nil where there is no noise, or no signal: the ratio is not finite there.
    var decibels: Double?
  }

  /// A test row under growing test noise of the kind that was searched under.
  struct Example: Codable, Sendable, Equatable {
    /// Its place in the test rows.
    var row: Int
    /// The number of its class.
    var label: Int
    /// One for each strength of the first of ``StudyReport/testNoises``.
    var versions: [Version]
  }

  struct Version: Codable, Sendable, Equatable {
    var strength: Double
    /// As the network takes them, rounded to three decimals.
    var inputs: [Double]
    /// Of each of ``StudyReport/models``.
    var answers: [Answer]
  }

  struct Answer: Codable, Sendable, Equatable {
    /// The number of the class.
    var label: Int
    /// Its probability.
    var confidence: Double
  }
}
