import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers
import Testing

/// An optimizer, with all that its class can carry.
struct OptimizerChoice: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var make: @Sendable ([Parameter]) -> any Optimizer

  static let all = [
    OptimizerChoice(testDescription: "SGD with momentum") {
      SGD($0, learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01)
    },
    OptimizerChoice(testDescription: "Adam with a schedule") {
      let optimizer = Adam($0, learningRate: 0.01)
      optimizer.learningRateSchedule = .cosine(from: 0.01, to: 0, over: 12)
      return optimizer
    },
    OptimizerChoice(testDescription: "AdamW with noise on gradients") {
      AdamW(
        $0, learningRate: 0.01,
        gradientNoise: GradientNoise(
          .adding(Gaussian(standardDeviation: 0.01)), from: NoiseStream(seed: 9)))
    },
  ]
}

@Suite("A run that goes on from a file ends with the bits of one that never stopped")
struct GoingOnTests {
  private let folder: TemporaryFolder
  private let noise = NoiseStream(seed: 42)

  init() throws { folder = try TemporaryFolder() }

  private static func network() -> Sequential {
    Sequential(seed: 7) {
      Linear(inputs: 6, outputs: 16)
        .noise(.adding(Gaussian(standardDeviation: 0.2)), on: .input)
        .noise(.dropout(rate: 0.1), on: .weight)
      BatchNorm(features: 16)
      ReLU()
      Dropout(rate: 0.2)
      Residual { FlipoutLinear(inputs: 16, outputs: 16, standardDeviation: 0.05) }
      Linear(inputs: 16, outputs: 3).noise(.multiplying(Uniform(low: 0.9, high: 1.1)), on: .output)
    }
  }

  private static let inputs = noiseMatrix(rows: 32, columns: 6)
  private static func noiseMatrix(rows: Int, columns: Int) -> Tensor {
    let draws = NoiseStream(seed: 3).draws(
      from: Gaussian(standardDeviation: 1), site: "data", rows: rows, columns: columns)
    return Tensor(draws, shape: [rows, columns])
  }

  /// Steps, each on a batch that its number chooses.
  private func train(_ model: some Layer, _ optimizer: any Optimizer, steps: Range<Int>) {
    for step in steps {
      let rows = (0..<8).map { ($0 * 5 + step * 3) % 32 }
      let (logits, pullback) = model.forward(
        Self.inputs.rows(at: rows), .training(noise.at(step: step)))
      let (_, gradient) = crossEntropy(logits, rows.map { $0 % 3 })
      pullback(gradient)
      optimizer.step()
    }
  }

  @Test("With the network's source, after any step", arguments: OptimizerChoice.all)
  func resumes(choice: OptimizerChoice) throws {
    let whole = Self.network()
    train(whole, choice.make(whole.parameters), steps: 0..<12)
    for stop in [1, 5, 11] {
      let path = folder.file("\(stop).safetensors")
      let first = Self.network()
      let optimizer = choice.make(first.parameters)
      train(first, optimizer, steps: 0..<stop)
      try Checkpoint(of: first, optimizer: optimizer, step: stop, noiseSeed: noise.seed)
        .write(to: path)

      let checkpoint = try Checkpoint(contentsOf: path)
      #expect(checkpoint.noiseSeed == 42)
      var second = Self.network()
      let resumed = choice.make(second.parameters)
      try checkpoint.restore(to: &second, optimizer: resumed)
      train(second, resumed, steps: checkpoint.step..<12)
      #expect(haveSameBits(second, whole), "stopped after step \(stop)")
    }
  }

  @Test("Without it, from the description in the file")
  func resumesWithoutSource() throws {
    let choice = OptimizerChoice.all[1]
    let whole = Self.network()
    train(whole, choice.make(whole.parameters), steps: 0..<12)
    let path = folder.file("a.safetensors")
    let first = Self.network()
    let optimizer = choice.make(first.parameters)
    train(first, optimizer, steps: 0..<5)
    var written = Checkpoint(of: first, optimizer: optimizer, step: 5)
    written.model = try LayerCatalog.standard.description(of: first)
    try written.write(to: path)

    let checkpoint = try Checkpoint(contentsOf: path)
    var second = try checkpoint.makeModel()
    #expect(second(Self.inputs).isBitwiseEqual(to: first(Self.inputs)))
    let resumed = choice.make(second.parameters)
    try checkpoint.restore(to: &second, optimizer: resumed)
    train(second, resumed, steps: 5..<12)
    let hasSameBits = haveSameBits(second, whole)
    #expect(hasSameBits)
  }

  @Test("A trainer's run goes on from its folder, and gives the best epoch's values")
  func trainer() throws {
    let run = CheckpointFolder(folder.file("run"))
    let (training, validation) = DigitRun.data
    func trainer(_ network: Sequential) -> Trainer<Sequential> {
      let trainer = DigitRun.trainer(network)
      trainer.metrics.append(WorstLoss())
      trainer.earlyStopping = EarlyStopping(on: "worst loss", patience: 9)
      return trainer
    }
    let whole = DigitRun.normalisedNetwork()
    let history = try trainer(whole).train(on: training, validation: validation, epochs: 3)
    #expect(history.bestEpoch == 0)

    let stopped = trainer(DigitRun.normalisedNetwork())
    stopped.save = { [unowned stopped] training in
      try run.save(
        Checkpoint(of: stopped.network, optimizer: stopped.optimizer, training: training))
      return ""
    }
    stopped.afterBatch = { $0.step == 30 ? .stop : .proceed }
    try stopped.train(on: training, validation: validation, epochs: 3)

    let (checkpoint, passedOver) = try run.load()
    #expect(
      passedOver == nil && checkpoint.training != nil && checkpoint.step == 31
        && checkpoint.epoch == 2)
    var network = DigitRun.normalisedNetwork()
    let resumed = trainer(network)
    try checkpoint.restore(to: &network, optimizer: resumed.optimizer)
    try resumed.train(
      on: training, validation: validation, epochs: 3, from: checkpoint.training)
    #expect(haveSameBits(resumed.network, whole) && haveSameBits(network, whole))
  }
}
