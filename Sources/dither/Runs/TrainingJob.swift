import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions

/// One training, from its settings to its result: all that can be found wrong with it is found before it begins.
struct TrainingJob {
  let folder: RunFolder
  let configuration: Configuration
  let data: PreparedData
  let description: LayerDescription
  let network: any Layer
  /// Where an earlier part of the run stood.
  let checkpoint: Checkpoint?
  /// Keeps other trainings from the folder.
  private let lock: FolderLock

  /// A new run in a folder that is free.
  ///
  /// - Parameters:
  ///   - configuration: resolved.
  ///   - overwriting: whether an earlier run may be in the folder.
  init(new configuration: Configuration, in folder: RunFolder, overwriting: Bool) throws {
    var data = try PreparedData(configuration)
    let description = try configuration.model.description(
      features: data.preprocessing.features, classes: data.preprocessing.classes)
    let name = configuration.model.model ?? "the network"
    network = try makeNetwork(description, name, for: &data, seed: configuration.run.seed ?? 0)
    (self.folder, self.configuration, self.data) = (folder, configuration, data)
    (self.description, checkpoint) = (description, nil)
    try Self.requireBatches(configuration, data, network)
    let kept = ModelShape(description).elements * 4 * (configuration.run.patience == nil ? 3 : 4)
    // The newest checkpoint, the one before, and the one that is being written.
    lock = try folder.begin(
      configuration, description, data.preprocessing, overwriting: overwriting,
      bytes: 3 * kept + 1e6)
  }

  /// The rest of a run.
  ///
  /// - Parameter configuration: that of the folder, with what may be another in the rest, resolved.
  init(resuming configuration: Configuration, in folder: RunFolder) throws {
    lock = try FolderLock(folder.path)
    let preprocessing = try folder.readPreprocessing()
    let description = try LayerDescription(contentsOf: folder.model)
    checkpoint = try folder.readCheckpoint()
    if let checkpoint {
      try checkpoint.requireSame(description, configuration, in: folder)
    } else {
      StandardStreams.note("\(folder.path): no checkpoint is there; the run begins anew")
    }
    try Self.requireEpochs(configuration, checkpoint)
    var data = try PreparedData(configuration)
    network = try makeNetwork(
      description, folder.model, for: &data, seed: configuration.run.seed ?? 0)
    try data.requireSame(as: preprocessing)
    (self.folder, self.configuration, self.data) = (folder, configuration, data)
    self.description = description
    try Self.requireBatches(configuration, data, network)
  }

  /// Throws where a run is to end before the place where it stands.
  private static func requireEpochs(
    _ configuration: Configuration, _ checkpoint: Checkpoint?
  ) throws(UsageError) {
    guard let checkpoint, let epochs = configuration.run.epochs else { return }
    let begun = checkpoint.epoch + (checkpoint.batch > 0 ? 1 : 0)
    if epochs < begun {
      throw UsageError(
        "--epochs is \(epochs), and the run has begun \(begun); expected \(begun) at least"
      )
    }
  }

  /// Throws where a batch would be a single row that goes through batch normalisation, or where there is none; and where early
  /// stopping has nothing to look at.
  ///
  /// - Parameter mayDrop: whether there is an option that leaves an incomplete batch out.
  static func requireBatches(
    _ configuration: Configuration, _ data: PreparedData, _ network: any Layer,
    mayDrop: Bool = true
  ) throws(UsageError) {
    if let patience = configuration.run.patience, data.validation == nil {
      throw UsageError(
        "--patience \(patience) and no validation rows; expected some, by --validation-fraction or in a file of their own"
      )
    }
    let (rows, batch) = (data.training.count, configuration.run.batch ?? 128)
    let drops = configuration.run.dropIncomplete == true
    if drops && rows < batch {
      throw UsageError(
        "--drop-incomplete with --batch \(batch), and there are \(counted(rows, "training row")); expected a batch of at most as many"
      )
    }
    let last = rows % batch
    if let layer = network.firstBatchNorm, batch == 1 || rows == 1 || (last == 1 && !drops) {
      throw UsageError(
        "--batch \(batch) of \(counted(rows, "training row")) leaves one row alone for the BatchNorm at path \"\(layer)\"; expected another batch\(mayDrop ? ", or --drop-incomplete" : "")"
      )
    }
  }

  /// What is on the disk of a run that could not go on, and what may help.
  private var advice: String {
    get throws {
      let kept = try folder.readCheckpoint()
      let found = kept.map { "its checkpoint is of step \($0.step)" } ?? "it has no checkpoint"
      return
        "\(folder.path): \(found); begin a new run with smaller steps, as with a smaller --learning-rate, --warm-up or --clip, or less noise"
    }
  }

  /// Trains, and saves.
  func train() throws -> TrainingHistory { try train(network) }

  private func train<Network: Layer>(_ network: Network) throws -> TrainingHistory {
    let (choices, run) = (configuration.optimizer, configuration.run)
    let noise = NoiseStream(seed: run.noiseSeed ?? 0)
    let optimizer = try choices.makeOptimizer(
      network.parameters, rows: data.training.count, noise: noise)
    var network = network
    try checkpoint?.restore(to: &network, optimizer: optimizer)
    let smoothing = Float(choices.labelSmoothing ?? 0)
    let trainer = Trainer(network, optimizer: optimizer, noise: noise) { outputs, labels, count in
      crossEntropy(outputs, labels, labelSmoothing: smoothing, count: count)
    }
    trainer.batchSize = run.batch ?? 128
    trainer.dropsIncompleteBatch = run.dropIncomplete ?? false
    trainer.shuffleSeed = run.seed ?? 0
    trainer.maximumGradientNorm = choices.clip
    if let patience = run.patience {
      trainer.earlyStopping = EarlyStopping(on: try run.figure.rawValue, patience: patience)
    }
    trainer.epochsBetweenSaves = run.saveEvery ?? 1
    trainer.log = folder.log
    let settings = configuration.settingsOfCheckpoints
    trainer.save = { [unowned trainer, folder, description] training in
      var checkpoint = Checkpoint(of: trainer.network, optimizer: optimizer, training: training)
      checkpoint.model = description
      checkpoint.metadata[Checkpoint.settings] = settings
      try folder.checkpoints.save(checkpoint)
      return "Resume with: dither train --resume \(shellQuoted(folder.path))"
    }
    do {
      return try trainer.train(
        on: data.training, validation: data.validation, epochs: run.epochs ?? 20,
        from: checkpoint?.training)
    } catch let error as TrainingError {
      guard case .notFinite = error else { throw error }
      let hint = try advice
      throw InputError("\(error)\n\(hint)")
    }
  }
}
