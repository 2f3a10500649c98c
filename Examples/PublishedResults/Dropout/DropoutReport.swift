import ExampleSupport
import NoiseDistributions

/// What ``Dropout`` found on the test images.
struct DropoutReport: PrintedReport {
  struct Row: Codable {
    var regularizer: Regularizer
    var setting: TrainingSetting
    /// Percentages of wrong answers to the test images.
    var error: Measured
    /// The error less that of the networks without noise of the same seeds.
    var difference: Measured
    /// The paper's percentages, with all 60,000 training images.
    var published: String
  }

  var training: Int
  var test: Int
  var layers: [Int]
  var batchSize: Int
  var momentum: Double
  var seeds: [UInt64]
  var noiseStreamVersion: Int
  var rows: [Row]

  init(_ experiment: Experiment, _ candidates: [Experiment.Candidate], _ errors: [Measured]) {
    training = experiment.training.count
    test = experiment.judged.count
    layers = experiment.layers
    batchSize = experiment.batchSize
    momentum = TrainingSetting.momentum
    seeds = experiment.seeds
    noiseStreamVersion = NoiseStream.version
    rows = zip(candidates, errors).map { candidate, error in
      Row(
        regularizer: candidate.regularizer, setting: candidate.setting, error: error,
        difference: error - errors[0], published: candidate.regularizer.published)
    }
  }

  var text: String {
    let head = ["trained with", "setting", "test error, %", "less that of none", "published, %"]
    let cells = rows.map { row in
      [
        row.regularizer.title, row.setting.text(row.regularizer), row.error.text,
        row.regularizer == .none ? "" : row.difference.signedText, row.published,
      ]
    }
    return """
      MNIST digits: \(training) training and \(test) test images, \
      \(layers.map(String.init).joined(separator: "-")), \(seeds.count) \
      seed\(seeds.count == 1 ? "" : "s"), mean ± half the 95 % interval.

      \(ResultsFile.table([head] + cells))
      """
  }
}

extension Regularizer {
  /// Errors on the 10,000 test images after training on 60,000: S of Srivastava et al. 2014, W of Wan et al. 2013.
  fileprivate var published: String {
    switch self {
    case .none: "S 1.60 (2×800, logistic), W 1.62 ± 0.037"
    case .dropout: "S 1.25 (3×1024), with norm 1.06, W 1.28 ± 0.040"
    case .gaussianDropout: "S 0.95 ± 0.04 beside dropout's 1.08 ± 0.04 (2×1024)"
    case .dropConnect: "W 1.20 ± 0.034"
    case .inputNoise: ""
    }
  }
}
