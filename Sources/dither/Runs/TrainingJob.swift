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

  /// A new run in a folder that is free.
  ///
  /// - Parameter configuration: resolved.
  init(new configuration: Configuration, in folder: RunFolder) throws {
    var data = try PreparedData(configuration)
    let description = try configuration.model.description(
      features: data.preprocessing.features, classes: data.preprocessing.classes)
    let name = configuration.model.model ?? "the network"
    network = try makeNetwork(description, name, for: &data, seed: configuration.run.seed ?? 0)
    (self.folder, self.configuration, self.data) = (folder, configuration, data)
    (self.description, checkpoint) = (description, nil)
    try requireBatches()
    let kept = ModelShape(description).elements * 4 * (configuration.run.patience == nil ? 3 : 4)
    // The newest checkpoint, the one before, and the one that is being written.
    try folder.begin(configuration, description, data.preprocessing, bytes: 3 * kept + 1e6)
  }

  /// The rest of a run.
  ///
  /// - Parameter configuration: that of the folder, with what may be another in the rest, resolved.
  init(resuming configuration: Configuration, in folder: RunFolder) throws {
    let preprocessing = try folder.readPreprocessing()
    let description = try LayerDescription(contentsOf: folder.model)
    checkpoint = try folder.readCheckpoint()
    var data = try PreparedData(configuration)
    network = try makeNetwork(
      description, folder.model, for: &data, seed: configuration.run.seed ?? 0)
    if data.preprocessing.trainingChecksum != preprocessing.trainingChecksum
      || data.preprocessing.trainingRows != preprocessing.trainingRows
    {
      throw InputError(
        "\(data.training.name): \(data.preprocessing.trainingRows) training rows of checksum \(data.preprocessing.trainingChecksum); expected the \(preprocessing.trainingRows) of checksum \(preprocessing.trainingChecksum) that the run began with"
      )
    }
    (self.folder, self.configuration, self.data) = (folder, configuration, data)
    self.description = description
    try requireBatches()
  }

  /// Throws where a batch would be a single row that goes through batch normalisation, or where there is none; and where early
  /// stopping has nothing to look at.
  private func requireBatches() throws(UsageError) {
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
        "--batch \(batch) of \(counted(rows, "training row")) leaves one row alone for the BatchNorm at path \"\(layer)\"; expected another batch, or --drop-incomplete"
      )
    }
  }

  /// Trains, and saves.
  func train() throws -> TrainingHistory { try train(network) }

  private func train<Network: Layer>(_ network: Network) throws -> TrainingHistory {
    let (settings, run) = (configuration.optimizer, configuration.run)
    let noise = NoiseStream(seed: run.noiseSeed ?? 0)
    let optimizer = try settings.makeOptimizer(
      network.parameters, rows: data.training.count, noise: noise)
    var network = network
    try checkpoint?.restore(to: &network, optimizer: optimizer)
    let smoothing = Float(settings.labelSmoothing ?? 0)
    let trainer = Trainer(network, optimizer: optimizer, noise: noise) { outputs, labels, count in
      crossEntropy(outputs, labels, labelSmoothing: smoothing, count: count)
    }
    trainer.batchSize = run.batch ?? 128
    trainer.dropsIncompleteBatch = run.dropIncomplete ?? false
    trainer.shuffleSeed = run.seed ?? 0
    trainer.maximumGradientNorm = settings.clip
    if let patience = run.patience {
      trainer.earlyStopping = EarlyStopping(on: try run.figure.rawValue, patience: patience)
    }
    trainer.epochsBetweenSaves = run.saveEvery ?? 1
    trainer.log = folder.log
    trainer.save = { [unowned trainer, folder, description] training in
      var checkpoint = Checkpoint(of: trainer.network, optimizer: optimizer, training: training)
      checkpoint.model = description
      try folder.checkpoints.save(checkpoint)
      return "Resume with: dither train --resume \(shellQuoted(folder.path))"
    }
    return try trainer.train(
      on: data.training, validation: data.validation, epochs: run.epochs ?? 20,
      from: checkpoint?.training)
  }
}

/// The network that a description is of, with first values, for data that it takes and with whose classes it answers. Of data whose
/// classes are numbers it may have more.
private func makeNetwork(
  _ description: LayerDescription, _ name: String, for data: inout PreparedData, seed: UInt64
) throws -> any Layer {
  let shape = ModelShape(description)
  // Values, gradients, and two numbers that an optimizer keeps.
  let network = try makeLayer(description, shape, name, copies: 4)
  let (features, classes) = (data.preprocessing.features, data.preprocessing.classes)
  if let inputs = shape.inputs, inputs != features {
    throw InputError(
      "\(data.training.name): rows of \(counted(features, "feature")), shape \(data.training.inputs.shape); expected \(inputs), shape [rows, \(inputs)], as \(name) takes"
    )
  }
  let outputs = shape.outputs ?? features
  if outputs < classes || (outputs > classes && !data.preprocessing.format.classNames.isEmpty) {
    throw InputError(
      "\(data.training.name): \(counted(classes, "class")); expected \(outputs), as \(name) answers with shape [rows, \(outputs)]"
    )
  }
  if outputs > classes { data.widen(toClasses: outputs) }
  return network.initialized(seed: seed)
}

/// The layer that a description is of, without values.
///
/// - Parameter copies: how many numbers are kept of each that is trained.
/// - Throws: `InputError` where there is not that memory, for a description that the catalog refuses, and where layers do not
///   fit each other.
func makeLayer(
  _ description: LayerDescription, _ shape: ModelShape, _ name: String, copies: Double
) throws(InputError) -> any Layer {
  try shape.requireMemory(name, copies: copies)
  let layer: any Layer
  do throws(LayerDescriptionError) {
    layer = try Catalogs.layers.layer(description)
  } catch {
    throw InputError("\(name): \(error)")
  }
  if let problem = shape.problem { throw InputError("\(name): \(problem)") }
  return layer
}
