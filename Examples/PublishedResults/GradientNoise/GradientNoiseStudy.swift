import DitherData
import DitherTraining
import ExampleSupport
import Layers
import NoiseDistributions
import Optimizers

/// Deep networks from several first weights, trained by plain gradient descent with and without noise on its gradients.
struct GradientNoiseStudy: Sendable {
  /// One way to train.
  struct Setting: Hashable, Codable, Sendable {
    var initialization: DeepNetwork.Initialization
    /// η: the noise has the variance η / (1 + t)^0.55 at step t; nil for none.
    var variance: Double?
    var learningRate: Double
  }

  let training: LabelledData
  let judged: LabelledData
  /// What the images are that networks are judged on.
  let judgedBy: String
  let epochs: Int
  let settings: [Setting]
  let seeds: [UInt64]

  static let batchSize = 32
  static let epochs = 80
  /// What the norm of all gradients together is clipped to, before the noise.
  static let maximumGradientNorm = 1.0

  /// What was compared on the validation images.
  ///
  /// The noise moves a weight by learning rate · √(η · Σ (1 + t)^−0.55) in all. It has to come near √(2 / 50), which keeps
  /// the signal, so that a learning rate is sought for each η.
  static let grid =
    settings(.zero, nil, [0.1]) + settings(.zero, 0.01, [0.1, 0.15, 0.2])
    + settings(.zero, 0.3, [0.02, 0.03, 0.05]) + settings(.zero, 1, [0.01, 0.02, 0.03])
    + settings(.simple, nil, [0.1]) + settings(.simple, 0.01, [0.1, 0.15, 0.2])
    + settings(.good, nil, [0.03, 0.1]) + settings(.good, 0.01, [0.03, 0.1])

  /// The best of the grid for each, before the test images were first looked at.
  static let chosen =
    settings(.zero, nil, [0.1]) + settings(.zero, 0.01, [0.2]) + settings(.zero, 0.3, [0.03])
    + settings(.zero, 1, [0.02]) + settings(.simple, nil, [0.1]) + settings(.simple, 0.01, [0.15])
    + settings(.good, nil, [0.1]) + settings(.good, 0.01, [0.1])

  private static func settings(
    _ initialization: DeepNetwork.Initialization, _ variance: Double?, _ learningRates: [Double]
  ) -> [Setting] {
    learningRates.map {
      Setting(initialization: initialization, variance: variance, learningRate: $0)
    }
  }

  /// Trains a network of each setting and seed, several at once.
  ///
  /// - Returns: the percentages of right answers of each setting.
  func run(threads: Int) async -> [Measured] {
    let jobs = settings.indices.flatMap { setting in seeds.map { (setting, $0) } }
    let bar = ProgressBar(total: jobs.count * epochs, unit: epochs, label: "networks")
    let accuracies = await inParallel(jobs.count, threads: threads) { job in
      accuracy(settings[jobs[job].0], seed: jobs[job].1) { bar.advance() }
    }
    bar.finish()
    return settings.indices.map { setting in
      Measured(seeds.indices.map { accuracies[setting * seeds.count + $0] })
    }
  }

  /// Trains one network. What differs between seeds is the noise, the order of the images and, where they are drawn, the
  /// first weights.
  private func accuracy(_ setting: Setting, seed: UInt64, afterEpoch: () -> Void) -> Double {
    let network = DeepNetwork.make(
      inputs: training.features, classes: training.classes, setting.initialization, seed: seed)
    let optimizer = SGD(
      network.parameters, learningRate: setting.learningRate,
      gradientNoise: setting.variance.map { .annealed(variance: $0, from: NoiseStream(seed: seed)) }
    )
    for epoch in 0..<epochs {
      for batch in training.batches(of: Self.batchSize, seed: seed, epoch: epoch) {
        let (logits, pullback) = network.forward(batch.inputs, .training())
        pullback(crossEntropy(logits, batch.labels).gradient)
        clipGradients(of: network.parameters, maximumNorm: Self.maximumGradientNorm)
        optimizer.step()
      }
      afterEpoch()
    }
    return 100 * evaluate(network, on: judged, by: Accuracy()).value
  }
}
