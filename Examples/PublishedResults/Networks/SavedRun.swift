import DitherData
import DitherTraining
import ExampleSupport
import Foundation

/// A trained network as a folder that `dither evaluate`, `predict` and `inspect` read: configuration, network, what is done to data,
/// and a checkpoint.
struct SavedRun {
  let trained: TrainedNetwork
  let setting: TrainingSetting
  let batchSize: Int
  /// What it was trained on, its pixels divided by 255.
  let data: LabelledData

  private struct Configuration: Encodable {
    var optimizer = "sgd"
    var momentum = TrainingSetting.momentum
    var schedule: String
    var maxNorm: Double?
    var normalization = "none"
    var epochs: Int
    var batch: Int
    var seed: UInt64
    var noiseSeed: UInt64
  }

  private struct Preprocessing: Encodable {
    struct Format: Encodable {
      var header = false
      var categories: [String: [String]] = [:]
      var classNames: [String] = []
      var classes: Int
      var filters = 40
    }

    var format: Format
    var features: Int
    var featureNames: [String] = []
    var normalization = Normalization(mean: [0], standardDeviation: [255])
    var trainingRows: Int
    /// Its run is not gone on with.
    var trainingChecksum = "none"
  }

  func write(to folder: String) throws {
    let (network, optimizer, seed) = (trained.network, trained.optimizer, trained.seed)
    let description = try LayerCatalog.standard.description(of: network)
    var checkpoint = Checkpoint(
      of: network, optimizer: optimizer, step: optimizer.stepCount, epoch: setting.epochs,
      noiseSeed: seed)
    checkpoint.model = description
    try CheckpointFolder("\(folder)/checkpoints").save(checkpoint)
    try Data((description.json + "\n").utf8).write(
      to: URL(fileURLWithPath: "\(folder)/model.json"), options: .atomic)
    try ResultsFile.write(
      Preprocessing(
        format: .init(classes: data.classes), features: data.features, trainingRows: data.count),
      to: "\(folder)/preprocessing.json")
    try ResultsFile.write(
      Configuration(
        schedule: "cosine:\(setting.learningRate),0,\(optimizer.stepCount)",
        maxNorm: setting.maximumRowNorm, epochs: setting.epochs, batch: batchSize, seed: seed,
        noiseSeed: seed),
      to: "\(folder)/configuration.json")
  }
}
