import DitherData
import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers

/// How all networks are trained, whatever their noise.
struct SpeechTraining: Sendable {
  let corpus: SpeechCorpus
  /// Of all recordings, without noise and not normalised.
  let features: Tensor
  let epochs: Int

  static let layers = [SpeechFeatures.count, 256, 128, SpeechCorpus.digits]
  static let batchSize = 64
  /// Of AdamW, at the start; it falls to 0 along half a cosine.
  static let learningRate = 1e-3
  static let weightDecay = 0.01

  init(_ corpus: SpeechCorpus, epochs: Int) {
    self.corpus = corpus
    self.epochs = epochs
    features = SpeechFeatures()(corpus.recordings.map(\.samples))
  }

  /// A network, and what its inputs are normalised by.
  struct Trained {
    let network: Sequential
    let normalization: Normalization
  }

  /// Trains a network on the recordings at some places: initial weights, the order of the batches and the noise are functions of
  /// the seed. Features are normalised by those of the same recordings without noise.
  func train(
    _ noise: TrainingNoise, on places: [Int], seed: UInt64, afterEpoch: @escaping () -> Void
  ) throws -> Trained {
    let network = network(noise, seed: seed)
    let optimizer = AdamW(
      network.parameters, learningRate: Self.learningRate, weightDecay: Self.weightDecay)
    let batches = (places.count + Self.batchSize - 1) / Self.batchSize
    optimizer.learningRateSchedule = .cosine(
      from: Self.learningRate, to: 0, over: batches * epochs)
    let stream = NoiseStream(seed: seed)
    let trainer = Trainer(network, optimizer: optimizer, noise: stream)
    trainer.batchSize = Self.batchSize
    trainer.shuffleSeed = seed
    // Several networks are trained at once: a bar of their own counts them.
    trainer.showsProgress = false
    trainer.afterEpoch = { _ in
      afterEpoch()
      return .proceed
    }
    let clean = features.rows(at: places)
    let normalization = Normalization(fittedTo: clean)
    if let decibels = noise.waveform {
      let source = NoisyRecordings(corpus, places, decibels: decibels, normalization, stream)
      try trainer.train(on: source, epochs: epochs)
    } else {
      let data = LabelledData(
        inputs: normalization(clean), labels: corpus.labels(places), classes: SpeechCorpus.digits,
        name: "recordings")
      try trainer.train(on: data, epochs: epochs)
    }
    return Trained(network: trainer.network, normalization: normalization)
  }

  /// Networks of one seed begin with the same weights, whatever their noise.
  private func network(_ noise: TrainingNoise, seed: UInt64) -> Sequential {
    let layers = Self.layers
    return Sequential(seed: seed) {
      for index in 0..<layers.count - 1 {
        let linear = Linear(
          inputs: layers[index], outputs: layers[index + 1], initializer: .heUniform)
        if index == 0 && noise.features > 0 {
          linear.noise(
            .adding(Gaussian(standardDeviation: Float(noise.features))), on: .input)
        } else if index > 0 && noise.hidden > 0 {
          linear.noise(.dropout(rate: noise.hidden), on: .input)
        } else {
          linear
        }
        if index < layers.count - 2 { ReLU() }
      }
    }
  }
}
