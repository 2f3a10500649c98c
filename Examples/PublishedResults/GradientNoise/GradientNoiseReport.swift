import ExampleSupport
import NoiseDistributions

/// What ``GradientNoiseCommand`` found.
struct GradientNoiseReport: PrintedReport {
  struct Row: Codable {
    var setting: GradientNoiseStudy.Setting
    /// Percentages of right answers.
    var accuracy: Measured
  }

  var training: Int
  var judged: Int
  var judgedBy: String
  var hiddenLayers: Int
  var hiddenUnits: Int
  var batchSize: Int
  var maximumGradientNorm: Double
  var epochs: Int
  var seeds: [UInt64]
  var noiseStreamVersion: Int
  var rows: [Row]

  init(_ study: GradientNoiseStudy, _ accuracies: [Measured]) {
    training = study.training.count
    judged = study.judged.count
    judgedBy = study.judgedBy
    hiddenLayers = DeepNetwork.hiddenLayers
    hiddenUnits = DeepNetwork.hiddenUnits
    batchSize = GradientNoiseStudy.batchSize
    maximumGradientNorm = GradientNoiseStudy.maximumGradientNorm
    epochs = study.epochs
    seeds = study.seeds
    noiseStreamVersion = NoiseStream.version
    rows = zip(study.settings, accuracies).map { Row(setting: $0, accuracy: $1) }
  }

  var text: String {
    let head = [
      "first weights", "noise, η", "learning rate", "\(judgedBy) accuracy, %", "least", "greatest",
    ]
    let cells = rows.map { row in
      [
        row.setting.initialization.rawValue, row.setting.variance.map { "\($0)" } ?? "none",
        "\(row.setting.learningRate)", row.accuracy.text,
        ResultsFile.fixed(row.accuracy.seeds.min()!), ResultsFile.fixed(row.accuracy.seeds.max()!),
      ]
    }
    return """
      MNIST digits: \(training) training and \(judged) \(judgedBy) images, \(hiddenLayers) hidden layers of \
      \(hiddenUnits), \(epochs) epochs, \(seeds.count) seed\(seeds.count == 1 ? "" : "s"), mean ± half the 95 % interval.

      \(ResultsFile.table([head] + cells))
      """
  }
}
