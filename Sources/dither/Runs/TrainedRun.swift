import DitherTensors
import DitherTraining
import Layers

/// A run that has been trained, to be used.
struct TrainedRun {
  let folder: RunFolder
  let checkpoint: Checkpoint
  let preprocessing: Preprocessing
  let description: LayerDescription
  let network: any Layer
  /// Whether the network is that of the best epoch.
  let isBest: Bool

  /// - Parameter last: whether to take the weights of the last step where there are those of a best epoch.
  init(at path: String, last: Bool = false) throws {
    folder = RunFolder(path: path)
    _ = try folder.readConfiguration()
    preprocessing = try folder.readPreprocessing()
    guard let checkpoint = try folder.readCheckpoint() else {
      throw InputError(
        "\(folder.checkpoints.path): no checkpoint yet; expected one, as \"dither train --resume \(shellQuoted(path))\" makes"
      )
    }
    guard let description = checkpoint.model else {
      throw InputError("\(folder.checkpoints.latest): no description of its model; expected one")
    }
    let shape = ModelShape(description)
    _ = try makeLayer(description, shape, folder.checkpoints.latest, copies: 1)
    let outputs = shape.outputs ?? preprocessing.features
    if shape.inputs ?? preprocessing.features != preprocessing.features
      || outputs != preprocessing.classes
    {
      throw InputError(
        "\(folder.checkpoints.latest): a network from [rows, \(shape.inputs ?? preprocessing.features)] to [rows, \(outputs)]; expected [rows, \(preprocessing.features)] to [rows, \(preprocessing.classes)], as \(folder.preprocessing) says"
      )
    }
    isBest = !last && checkpoint.training?.best.isEmpty == false
    network = try checkpoint.makeModel(from: Catalogs.layers, best: isBest)
    (self.checkpoint, self.description) = (checkpoint, description)
  }

  /// The record of the best epoch, where the network is that epoch's.
  private var bestRecord: EpochRecord? {
    guard isBest, let state = checkpoint.training?.state else { return nil }
    return state.history.first { $0.epoch == state.bestEpoch }
  }

  /// Epochs that the network has been trained for.
  var epoch: Int { bestRecord.map { $0.epoch + 1 } ?? checkpoint.epoch }

  /// Steps that the network has been trained for: where the schedules of its noise stand.
  var step: Int { bestRecord?.step ?? checkpoint.step }
}
