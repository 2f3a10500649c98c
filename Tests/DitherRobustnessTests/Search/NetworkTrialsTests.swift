import DitherData
import DitherRobustness
import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers
import Testing

@Suite("Trials of a network")
struct NetworkTrialsTests {
  private static let parts = try! NetworkTrials.split(Digits.load(), folds: 4, seed: 1)

  private func trials(
    _ training: LabelledData? = nil, _ validation: LabelledData? = nil
  ) throws -> NetworkTrials {
    try NetworkTrials(
      training: training ?? Self.parts.training, validation: validation ?? Self.parts.validation,
      noisyInputs: .adding(Gaussian(standardDeviation: 0.5), draws: 3), seed: 7, batchSize: 50
    ) { rule, site in
      let first = Linear(inputs: 64, outputs: 32, initializer: .heUniform)
      let last = Linear(inputs: 32, outputs: 10)
      guard let rule else { return Sequential([first, ReLU(), last]) }
      return Sequential([first.noise(rule, on: site == "input" ? .input : .output), ReLU(), last])
    } optimizer: { parameters, _ in
      AdamW(parameters, learningRate: 5e-3)
    }
  }

  @Test(
    "They are paired: noise that is always 0 gives the scores of no noise, and another replicate does not"
  )
  func paired() throws {
    let trials = try trials()
    let none = try #require(try trials.scores(with: nil, at: nil, epochs: 3, replicate: 0))
    let zero = try #require(
      try trials.scores(with: .adding(Constant(value: 0)), at: "input", epochs: 3, replicate: 0))
    let gaussian = try #require(
      try trials.scores(
        with: .adding(Gaussian(standardDeviation: 0.3)), at: "input", epochs: 3, replicate: 0))
    let other = try #require(try trials.scores(with: nil, at: nil, epochs: 3, replicate: 1))
    #expect(none == zero)
    #expect(none != gaussian && none != other)
    // Right answers of three, as counts, which add up exactly.
    #expect(none.draws == 3 && Set(none.noisy) == [0, 1, 2, 3])
    #expect(none.clean.allSatisfy { $0 == 0 || $0 == 1 })
    let right = none.noisy.reduce(0) { $0 + Int($1) }
    #expect(none.noisyMean == Double(right) / Double(3 * none.noisy.count))
    #expect(none.cleanMean > none.noisyMean)
  }

  @Test("Test noise is a sweep's at a strength: what is added at scale 1 is that which is added")
  func testNoise() throws {
    func noisy(_ inputs: NoisyInputs) throws -> [Float] {
      let trials = try NetworkTrials(
        training: Self.parts.training, validation: Self.parts.validation, noisyInputs: inputs,
        seed: 7, batchSize: 50
      ) { _, _ in
        Sequential([Linear(inputs: 64, outputs: 10)])
      } optimizer: { parameters, _ in
        SGD(parameters, learningRate: 0.1)
      }
      return try #require(try trials.scores(with: nil, at: nil, epochs: 1, replicate: 0)).noisy
    }
    let gaussian = Gaussian(standardDeviation: 0.5)
    let added = try noisy(.adding(gaussian, draws: 3))
    #expect(try added == noisy(NoisyInputs(.adding(gaussian), strength: 1, draws: 3)))
    let closure = NoisyInputs(draws: 3) { inputs, stream in
      let draws = stream.draws(
        from: gaussian, site: "search", rows: inputs.shape[0], columns: inputs.shape[1])
      return inputs + Tensor(draws, shape: inputs.shape)
    }
    #expect(try added == noisy(closure))
    #expect(try added != noisy(NoisyInputs(.adding(gaussian), strength: 2, draws: 3)))
    #expect(
      try added != noisy(NoisyInputs(.adding(gaussian), strength: 1, range: 0...1, draws: 3)))
  }

  @Test("A learned scale is told: what a trainer with the same seeds comes to")
  func learned() throws {
    let trials = try trials()
    let rule = NoiseRule.adding(Gaussian(standardDeviation: 1), scale: .learned(0.2))
    let scores = try #require(try trials.scores(with: rule, at: "input", epochs: 3, replicate: 0))
    let network = Sequential([
      Linear(inputs: 64, outputs: 32, initializer: .heUniform).noise(rule, on: .input), ReLU(),
      Linear(inputs: 32, outputs: 10),
    ]).initialized(seed: 7)
    let trainer = Trainer(
      network, optimizer: AdamW(network.parameters, learningRate: 5e-3),
      noise: NoiseStream(seed: 7))
    trainer.batchSize = 50
    trainer.shuffleSeed = 7
    trainer.showsProgress = false
    try trainer.train(on: Self.parts.training, epochs: 3)
    let scale = try #require(network.namedParameters.first { $0.name.contains("scale") }).parameter
    #expect(scores.learnedScale == NoiseScale.learnedScale(ofParameter: scale.value.item))
    #expect(scores.learnedScale != 0.2)
  }

  @Test("Gradients are clipped as a trainer clips them to the same norm")
  func clipped() throws {
    func scores(_ norm: Double?) throws -> TrialScores {
      let trials = try NetworkTrials(
        training: Self.parts.training, validation: Self.parts.validation,
        noisyInputs: .adding(Gaussian(standardDeviation: 0.5), draws: 1), seed: 7, batchSize: 50,
        maximumGradientNorm: norm
      ) { _, _ in
        Sequential([Linear(inputs: 64, outputs: 10)])
      } optimizer: { parameters, _ in
        SGD(parameters, learningRate: 0.1)
      }
      return try #require(try trials.scores(with: nil, at: nil, epochs: 1, replicate: 0))
    }
    let network = Sequential([Linear(inputs: 64, outputs: 10)]).initialized(seed: 7)
    let trainer = Trainer(
      network, optimizer: SGD(network.parameters, learningRate: 0.1), noise: NoiseStream(seed: 7))
    trainer.batchSize = 50
    trainer.shuffleSeed = 7
    trainer.showsProgress = false
    trainer.maximumGradientNorm = 0.01
    try trainer.train(on: Self.parts.training, epochs: 1)
    let answers = predict(network, Self.parts.validation.inputs).indicesOfRowMaxima()
    let clean = zip(answers, Self.parts.validation.labels).map { $0 == $1 ? Float(1) : 0 }
    let clipped = try scores(0.01)
    #expect(clipped.clean == clean)
    #expect(try scores(nil).clean != clean)
  }

  @Test("A training that diverges has no scores")
  func diverges() throws {
    let rule = NoiseRule.adding(Gaussian(standardDeviation: 3e38))
    #expect(try trials().scores(with: rule, at: "input", epochs: 1, replicate: 0) == nil)
  }

  @Test(
    "Of digits, Gaussian noise on the input is found to help under it, whatever the trials at once"
  )
  func digits() async throws {
    let search = try NoiseSearch(
      families: [
        NoiseFamily(
          adding: Gaussian(standardDeviation: 1), "gaussian", at: "input", scales: [0.05, 0.3],
          learnedFrom: 0.1),
        NoiseFamily("dropout", at: "output", scales: [0.2], largestScale: 0.9) {
          .dropout(rate: Double($0))
        },
      ], epochs: 12, budget: 450, replicates: 3, finalists: 2)
    let trials = try trials()
    let result = try await search.run(trials)
    let recommended = try #require(result.recommended)
    #expect(recommended.family == "gaussian" && recommended.scale == result.scales?.best)
    #expect(result.scales?.tried[4] == 0.3)
    #expect(try await search.run(trials, concurrentTrials: 2) == result)
  }

  @Test("What cannot be searched with is said before anything is trained")
  func errors() throws {
    let (training, validation) = Self.parts
    func data(_ labels: [Int], features: Int = 64, classes: Int = 10) -> LabelledData {
      LabelledData(
        inputs: Tensor(zeros: [labels.count, features]), labels: labels, classes: classes, name: "x"
      )
    }
    #expect(throws: SearchError.oneClass(data: "x", label: 3)) {
      try trials(data([3, 3, 3]), validation)
    }
    #expect(throws: SearchError.tooFewRows(data: "x", rows: 1, expected: 2)) {
      try trials(training, data([3]))
    }
    #expect(throws: SearchError.otherData(what: "features", training: 64, validation: 63)) {
      try trials(training, data([3, 4], features: 63))
    }
    #expect(throws: SearchError.otherData(what: "classes", training: 10, validation: 11)) {
      try trials(training, data([3, 4], classes: 11))
    }
    #expect(throws: SearchError.fewerRowsThanFolds(data: "x", rows: 3, folds: 4)) {
      try NetworkTrials.split(data([0, 1, 2]), folds: 4, seed: 1)
    }
    #expect(throws: SearchError.fewerRowsThanFolds(data: "x", rows: 3, folds: 1)) {
      try NetworkTrials.split(data([0, 1, 2]), folds: 1, seed: 1)
    }
  }

  /// A layer of one's own that changes the number of columns.
  private struct Doubled: Layer {
    func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
      (Tensor(zeros: [input.shape[0], 2 * input.shape[1]]), Pullback { _ in nil })
    }

    mutating func visit(_ visitor: inout LayerVisitor) {}
  }

  @Test("A network that does not fit the data is said before anything is trained")
  func otherNetwork() throws {
    func trials(_ network: @escaping @Sendable () -> any Layer) throws -> NetworkTrials {
      try NetworkTrials(
        training: Self.parts.training, validation: Self.parts.validation,
        noisyInputs: .adding(Gaussian(standardDeviation: 0.5)), seed: 7
      ) { _, _ in
        network()
      } optimizer: { parameters, _ in
        SGD(parameters, learningRate: 0.1)
      }
    }
    #expect(throws: SearchError.otherInputs(network: 63, features: 64)) {
      try trials { Linear(inputs: 63, outputs: 10) }
    }
    #expect(throws: SearchError.otherInputs(network: 65, features: 64)) {
      try trials {
        Sequential([
          Dropout(rate: 0.1), Sequential([Residual(LayerNorm(features: 65))]),
          Linear(inputs: 65, outputs: 10),
        ])
      }
    }
    #expect(throws: SearchError.tooFewOutputs(network: 9, classes: 10)) {
      try trials { Sequential([Linear(inputs: 64, outputs: 9)]) }
    }
    // Nothing is known of what it gives.
    _ = try trials { Sequential([Doubled(), Linear(inputs: 128, outputs: 10)]) }
  }
}
