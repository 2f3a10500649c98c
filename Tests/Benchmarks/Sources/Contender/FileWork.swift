import BenchmarkProtocol
import DitherData
import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers

/// Epochs as a user of the library would write them.
func epochWorkload(_ step: Case.Step) throws -> Workload {
  let files = try BenchmarkFolder.images()
  guard step.optimizer == .adam else { throw Unsupported("epochs with \(step.optimizer)") }
  let model = network(step.layers, noise: step.noise)
  let trainer = Trainer(
    model, optimizer: Adam(model.parameters, learningRate: 1e-3), noise: NoiseStream(seed: 6))
  trainer.batchSize = step.batch
  trainer.showsProgress = false
  return { repetitions in
    let elapsed = try ContinuousClock().measure {
      for _ in 0..<repetitions {
        let images = try LabelledData(inputsAt: files.inputs, labelsAt: files.labels)
        let normalization = Normalization(fittedTo: images.inputs, overall: true)
        try trainer.train(on: normalization(images), epochs: 1)
        trainer.shuffleSeed += 1
      }
    }
    return Answer(seconds: elapsed / .seconds(1))
  }
}

func filesWorkload(_ work: Case.Files) throws -> Workload {
  switch work {
  case .images: try imagesWorkload()
  case .logMel: try logMelWorkload()
  case .saveModel: try saveWorkload(TenMillion(withState: false))
  case .saveRun: try saveWorkload(TenMillion(withState: true))
  case .loadModel: try loadWorkload(TenMillion(withState: false))
  case .loadRun: try loadWorkload(TenMillion(withState: true))
  }
}

private func imagesWorkload() throws -> Workload {
  let files = try BenchmarkFolder.images()
  return { repetitions in
    Answer(
      seconds: try secondsOf(repetitions) {
        _ = try LabelledData(inputsAt: files.inputs, labelsAt: files.labels)
      })
  }
}

private func logMelWorkload() throws -> Workload {
  let files = try BenchmarkFolder.recordings(2500)
  return { repetitions in
    Answer(
      seconds: try secondsOf(repetitions) {
        let recordings = try files.map { try Recording(contentsOf: $0) }
        let features = LogMel(sampleRate: recordings[0].sampleRate)
        _ = features(recordings.map(\.mono))
      })
  }
}

// MARK: Checkpoints

/// A network of 10,020,874 parameters, and what keeps it.
private final class TenMillion {
  private var model = network([784, 2048, 2048, 2048, 10], noise: false)
  private let optimizer: (any Optimizer)?
  private let directory: TemporaryFolder
  private let folder: CheckpointFolder
  private var step = 0

  /// - Parameter withState: whether there is an optimizer that has taken a step.
  init(withState: Bool) throws {
    directory = try BenchmarkFolder.temporary()
    folder = CheckpointFolder(directory.path)
    optimizer = withState ? Adam(model.parameters) : nil
    if let optimizer {
      for parameter in model.parameters { parameter.addToGradient(parameter.value) }
      optimizer.step()
    }
  }

  func save() throws {
    step += 1
    try folder.save(Checkpoint(of: model, optimizer: optimizer, step: step, noiseSeed: 6))
  }

  func load() throws {
    try folder.load().checkpoint.restore(to: &model, optimizer: optimizer)
  }
}

private func saveWorkload(_ run: TenMillion) throws -> Workload {
  // From then on there is one before, as in a run.
  try run.save()
  return { Answer(seconds: try secondsOf($0) { try run.save() }) }
}

private func loadWorkload(_ run: TenMillion) throws -> Workload {
  try run.save()
  return { Answer(seconds: try secondsOf($0) { try run.load() }) }
}
