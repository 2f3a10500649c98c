import ExampleSupport
import NoiseDistributions

/// What ``FashionMNIST`` found on the test images.
struct FashionReport: PrintedReport {
  var training: Int
  var test: Int
  var layers: [Int]
  var batchSize: Int
  var momentum: Double
  var noiseStreamVersion: Int
  var setting: TrainingSetting
  /// Percentages of right answers to the test images.
  var accuracy: Measured

  init(_ experiment: Experiment, _ setting: TrainingSetting, _ error: Measured) {
    training = experiment.training.count
    test = experiment.judged.count
    layers = experiment.layers
    batchSize = experiment.batchSize
    momentum = TrainingSetting.momentum
    noiseStreamVersion = NoiseStream.version
    self.setting = setting
    accuracy = Measured(error.seeds.map { 100 - $0 })
  }

  var text: String {
    let head = ["layers", "setting", "test accuracy, %, of each seed", "mean"]
    let cells = [
      layers.map(String.init).joined(separator: "-"), setting.text(.dropout),
      accuracy.seeds.map(ResultsFile.fixed).joined(separator: ", "), accuracy.text,
    ]
    return """
      Fashion-MNIST: \(training) training and \(test) test images, mean ± half the 95 % interval.

      \(ResultsFile.table([head, cells]))
      """
  }
}
