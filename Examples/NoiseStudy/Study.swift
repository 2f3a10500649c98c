import DitherRuntime
import DitherTensors
import ExampleSupport
import Layers
import NoiseDistributions
import Optimizers

/// The experiment: networks trained without noise and with each of several, judged on one set of noisy test images.
///
/// Networks of one seed begin with the same weights and see the same batches, and every network is judged under the
/// same test noise, so what differs between them is the noise that they were trained with. All noise is drawn by
/// address: the numbers depend neither on the threads nor on the order of the trainings.
struct Study: Sendable {
  let data: StudyData
  /// What the networks are trained with; the first without noise.
  let noises: [NoiseSpecification?]
  let seeds: [Int]
  let epochs: Int
  /// Standard deviations of the test noise, the first 0.
  let testNoises: [Float]
  /// The noise that is compared with none, and the test noise under which: indices.
  let compared: (noise: Int, testNoise: Int)

  /// Draws of the test noise for each image: the accuracy is their mean.
  static let testDraws = 10
  // What follows was chosen for the network without noise: the best of a few on images held out of the training part.
  static let hidden = [256, 128]
  static let batchSize = 64
  static let learningRate = 2e-3
  static let weightDecay = 1e-2
  /// The test noise for the comparison, where the noise trained with does not say it.
  private static let standardTestNoise = 0.4
  private static let testMultiples = [0, 0.25, 0.5, 1, 1.5]

  init(data: StudyData, noises: [NoiseSpecification], seeds: Int, epochs: Int) {
    self.data = data
    self.noises = [nil] + noises
    self.seeds = Array(1...seeds)
    self.epochs = epochs
    // A Gaussian on the input is judged under test noise of its own scale.
    let gaussian = noises.firstIndex { $0.site == .input && ($0.addedDeviation ?? 0) > 0 }
    let testNoise = gaussian.flatMap { noises[$0].addedDeviation } ?? Self.standardTestNoise
    testNoises = Self.testMultiples.map { Float($0 * testNoise) }
    compared = (noise: 1 + (gaussian ?? 0), testNoise: Self.testMultiples.firstIndex(of: 1)!)
  }

  /// How many networks are trained.
  var trainings: Int { noises.count * seeds.count }

  /// Trains and judges every network, several at once.
  ///
  /// - Returns: the accuracy in percent of each noise, under each test noise, for each seed.
  func run(threads: Int, _ progress: ProgressBar) async -> [[[Double]]] {
    let tests = noisyTests()
    let accuracies = await inParallel(trainings, threads: threads) { training in
      let noise = noises[training % noises.count]
      let seed = seeds[training / noises.count]
      let network = train(noise, seed: UInt64(seed), progress).frozen()
      return tests.map { accuracy(of: network($0)) }
    }
    return noises.indices.map { noise in
      testNoises.indices.map { test in
        seeds.indices.map { seed in accuracies[seed * noises.count + noise][test] }
      }
    }
  }

  /// A network with `noise` at its input, or at the weight, the bias or the output of each hidden linear layer.
  private func network(_ noise: NoiseSpecification?, seed: UInt64) -> Sequential {
    func linear(_ inputs: Int, _ outputs: Int, isFirst: Bool = false) -> Linear {
      let layer = Linear(inputs: inputs, outputs: outputs, initializer: .heUniform)
      guard let noise, noise.site != .input || isFirst else { return layer }
      return layer.noise(noise.rule, on: noise.site)
    }
    return Sequential(seed: seed) {
      linear(data.features, Self.hidden[0], isFirst: true)
      ReLU()
      linear(Self.hidden[0], Self.hidden[1])
      ReLU()
      Linear(inputs: Self.hidden[1], outputs: StudyData.classes)
    }
  }

  private func train(
    _ noise: NoiseSpecification?, seed: UInt64, _ progress: ProgressBar
  ) -> Sequential {
    let model = network(noise, seed: seed)
    let optimizer = AdamW(
      model.parameters, learningRate: Self.learningRate, weightDecay: Self.weightDecay)
    let stream = NoiseStream(seed: seed)
    for epoch in 0..<epochs {
      optimizer.learningRate = Self.learningRate * (1 - Double(epoch) / Double(epochs))
      for batch in data.training.batches(of: Self.batchSize, seed: seed, epoch: epoch) {
        let (logits, pullback) = model.forward(
          batch.inputs, .training(stream.at(step: optimizer.stepCount)))
        pullback(crossEntropy(logits, batch.labels).gradient)
        optimizer.step()
      }
      progress.advance()
    }
    return model
  }

  /// The percentage of right answers to the test images, or to several copies of them one below the other.
  private func accuracy(of logits: Tensor) -> Double {
    let answers = logits.indicesOfRowMaxima()
    let labels = data.test.labels
    let right = answers.indices.count { answers[$0] == labels[$0 % labels.count] }
    return 100 * Double(right) / Double(answers.count)
  }

  /// The test images under each test noise, several draws one below the other: the same draws, scaled.
  private func noisyTests() -> [Tensor] {
    let clean = data.test.inputs
    let stream = NoiseStream(seed: 0).in(.evaluation)
    let draws = (0..<Self.testDraws).map { draw in
      Tensor(
        stream.at(step: draw).draws(
          from: Gaussian(standardDeviation: 1), site: "test.input", rows: clean.shape[0],
          columns: clean.shape[1]),
        shape: clean.shape)
    }
    return testNoises.map { testNoise in
      if testNoise == 0 { return clean }
      return Tensor(concatenating: draws.map { clean + testNoise * $0 })
    }
  }
}
