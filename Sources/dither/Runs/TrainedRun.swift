import DitherData
import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions

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

  /// The outputs for rows of inputs that are prepared: logits, or logarithms of mean probabilities over samples.
  ///
  /// - Parameters:
  ///   - rules: noise on the inputs, in the order in which it applies.
  ///   - samples: noisy passes of the network over whose probabilities the mean is taken; nil for one pass without its noise.
  ///   - seed: of both.
  func outputs(
    _ inputs: Tensor, rules: [NoiseRule] = [], samples: Int? = nil, seed: UInt64 = 0
  ) -> Tensor {
    if rules.isEmpty && samples == nil { return predict(network, inputs) }
    let size = 256
    let rows = inputs.shape[0]
    let parts = stride(from: 0, to: rows, by: size).map { start in
      let part = inputs.rows(start..<min(start + size, rows))
      return outputs(part, from: start, rules, samples, NoiseStream(seed: seed))
    }
    return Tensor(concatenating: parts)
  }

  private func outputs(
    _ inputs: Tensor, from row: Int, _ rules: [NoiseRule], _ samples: Int?, _ noise: NoiseStream
  ) -> Tensor {
    var sum: Tensor?
    for sample in 0..<(samples ?? 1) {
      let pass = Pass.sampling(noise.at(step: sample).rows(from: row))
      var noisy = inputs
      for (index, rule) in rules.enumerated() {
        noisy = Perturb(rule).forward(noisy, pass.child("noise\(index)")).output
      }
      if samples == nil { return network(noisy) }
      let probabilities = network.forward(noisy, pass).output.softmax()
      sum = sum.map { $0 + probabilities } ?? probabilities
    }
    // A class that no sample gives a chance keeps a finite logarithm.
    let mean = sum! / Float(samples ?? 1)
    return mean.clamped(to: Float.leastNormalMagnitude...1).log()
  }
}
