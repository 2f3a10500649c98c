/// All that a study found out, with what made it: what `study.json` holds, and what its page and tables are made of.
///
/// Every number but the time and the threads is a function of the data, the settings and the seeds.
package struct StudyReport: Codable, Sendable, Equatable {
  /// What made it.
  var provenance: Provenance
  /// What was studied.
  var data: DataSummary
  /// What to do.
  var recommendation: Recommendation
  /// Which noises were tried, and what they came to on the validation rows.
  var search: Search
  /// The noises that the test inputs are given, one a curve of each model, the one that was searched under first.
  var testNoises: [TestNoiseAxis]
  /// Networks that were tested on the test rows: without noise first, then the recommended one or the best finalist, then further
  /// finalists.
  var models: [Model]
  /// A few test rows under growing test noise.
  var examples: [Example]

  /// A number with the interval that holds it.
  struct Estimate: Codable, Sendable, Equatable {
    var value: Double
    var lower: Double
    var upper: Double
  }

  /// What was run, on what, and for how long.
  struct Provenance: Codable, Sendable, Equatable {
    /// The arguments as a shell takes them, the program first: `dither study --seed 1`.
    var command: String
    /// Of the program.
    var version: String
    /// Of the map from addresses to random bits.
    var noiseStreamVersion: Int
    /// Of all draws: first weights, the order of batches, noise, splits, resamples.
    var seed: UInt64
    /// When the study began: ISO 8601, in UTC. Of one that was interrupted, when its last part began.
    var begun: String
    /// From there to the end.
    var seconds: Double
    /// Whether an earlier part had begun the search: the time is that of the last part alone.
    var isContinued: Bool
    var threads: Int
    /// That the kernels ran with: `avx2`, …
    var instructionSet: String
    /// `Ubuntu 24.04 (x86_64)`, …
    var operatingSystem: String
  }

  /// The data and the network.
  struct DataSummary: Codable, Sendable, Equatable {
    /// A path, or `digits`.
    var name: String
    var trainingRows: Int
    var validationRows: Int
    /// Rows that were looked at once, at the end.
    var testRows: Int
    var features: Int
    /// The names of the features; empty where they have none.
    var featureNames: [String]
    /// By the number of the class.
    var classNames: [String]
    /// Test rows of each class.
    var testRowsOfClasses: [Int]
    /// Where each row is an image of grey pixels, row after row; else nil.
    var image: Image?
    /// What was done to the inputs first: `columns` or `all` (mean taken off, divided by the standard deviation), or `none`.
    var normalization: String
    /// The least and the greatest number of the training inputs, as the network takes them; of an image black and white.
    var range: Range
    /// The standard deviation of the training inputs, as the network takes them: the unit of the scales.
    var unit: Double
    /// The widths of the hidden layers, or the file of the model.
    var network: String
    /// Numbers that are trained.
    var parameters: Int
  }

  struct Image: Codable, Sendable, Equatable {
    var height: Int
    var width: Int
  }

  struct Range: Codable, Sendable, Equatable {
    var lower: Double
    var upper: Double
  }

  /// The answer of the study.
  struct Recommendation: Codable, Sendable, Equatable {
    /// Plain language, a paragraph each, the answer first.
    var sentences: [String]
    /// The noise to train with; nil where none helps.
    var noise: Noise?
    /// By how much the accuracy on the clean validation rows is higher than without noise: of the recommended noise or, where none
    /// helps, of the nearest finalist; 0.01 is one row in a hundred.
    var cleanGain: Estimate?
    /// The same under the test noise.
    var noisyGain: Estimate?
    /// Which scales of the recommended noise may be the best; nil where there is none, or its scale is learned.
    var scales: Scales?
    /// That of the intervals of all candidates together.
    var confidence: Double
    /// The most probable that a noise is recommended where none helps.
    var falsePositiveRate: Double
    /// The folder of the network, as `dither evaluate` takes it.
    var run: String
  }

  /// A noise that a network is trained with.
  struct Noise: Codable, Sendable, Equatable, Hashable {
    /// Of ``Search/families``.
    var family: String
    /// Of ``Search/sites``.
    var site: String
    var scale: Double
    /// Whether the scale was trained with the weights, from `scale` on.
    var learnsScale: Bool
    /// As `dither train --noise` takes it: `input=adding(gaussian:0.3)`.
    var rule: String
  }

  /// Scales around the recommended one.
  struct Scales: Codable, Sendable, Equatable {
    /// That scored highest.
    var best: Double
    /// The best lies above it; nil where not even the smallest that was tried is measurably worse.
    var lower: Double?
    /// The best lies below it; nil where not even the greatest that was tried is measurably worse.
    var upper: Double?
    /// Ascending.
    var tried: [Double]
  }
}
