import DitherData
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers

/// How a network is trained: what is chosen on validation images.
struct TrainingSetting: Codable, Hashable, Sendable {
  /// Of stochastic gradient descent with momentum, at the start; it falls to 0 along half a cosine.
  var learningRate: Double
  /// On the inputs, or, of DropConnect, on the first weight: the rate, or the standard deviation of added noise.
  var inputNoise = 0.0
  /// The same on the hidden layers.
  var hiddenNoise = 0.0
  /// The greatest norm of the weights into one unit; nil for no bound.
  var maximumRowNorm: Double?
  var epochs: Int

  static let momentum = 0.9

  /// `rate 0.2 and 0.5, learning rate 0.1, norm ≤ 3, 60 epochs`.
  func text(_ regularizer: Regularizer) -> String {
    let noise =
      switch regularizer {
      case .none: ""
      case .inputNoise: "deviation \(inputNoise), "
      case .dropout, .gaussianDropout, .dropConnect: "rates \(inputNoise) and \(hiddenNoise), "
      }
    let norm = maximumRowNorm.map { "norm ≤ \($0), " } ?? "norm free, "
    return noise + "learning rate \(learningRate), " + norm + "\(epochs) epochs"
  }

  /// Trains a network: initial weights, the order of the batches and the noise are functions of the seed.
  func train(
    _ regularizer: Regularizer, layers: [Int], batchSize: Int, seed: UInt64,
    on data: LabelledData, afterEpoch: @escaping () -> Void
  ) throws -> TrainedNetwork {
    let network = regularizer.network(self, layers: layers, seed: seed)
    let optimizer = SGD(
      network.parameters, learningRate: learningRate, momentum: Self.momentum,
      groups: maximumRowNorm.map { [ParameterGroup(network.parameters, maximumRowNorm: $0)] } ?? [])
    let steps = (data.count + batchSize - 1) / batchSize * epochs
    optimizer.learningRateSchedule = .cosine(from: learningRate, to: 0, over: steps)
    let trainer = Trainer(network, optimizer: optimizer, noise: NoiseStream(seed: seed))
    trainer.batchSize = batchSize
    trainer.shuffleSeed = seed
    // Several networks are trained at once: a bar of their own counts them.
    trainer.showsProgress = false
    trainer.afterEpoch = { _ in
      afterEpoch()
      return .proceed
    }
    try trainer.train(on: data, epochs: epochs)
    return TrainedNetwork(network: trainer.network, optimizer: optimizer, seed: seed)
  }
}
