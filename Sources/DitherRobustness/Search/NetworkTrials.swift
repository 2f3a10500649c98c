public import DitherData
import DitherRuntime
public import DitherTensors
import DitherTraining
public import Layers
public import NoiseDistributions
public import Optimizers

/// The trials of a search for a network of this package: trains it on one part of the data, and judges it on another, clean and under
/// test noise.
///
/// ```swift
/// let (training, validation) = try NetworkTrials.split(Digits.load(), folds: 5, seed: 1)
/// let trials = try NetworkTrials(
///   training: training, validation: validation,
///   noisyInputs: .adding(Gaussian(standardDeviation: 0.3)), seed: 42
/// ) { rule, site in
///   var first = Linear(inputs: 64, outputs: 64, initializer: .heUniform)
///   if let rule, site == "input" { first = first.noise(rule, on: .input) }
///   return Sequential([first, ReLU(), Linear(inputs: 64, outputs: 10)])
/// } optimizer: { parameters, steps in
///   AdamW(parameters, learningRate: 3e-3)
/// }
/// ```
///
/// A replicate's number is added to the seed, from which initial weights, the order of batches and noise are drawn, whatever the
/// candidate: networks with the same paths begin with the same weights. Test noise is drawn from the seed itself.
public struct NetworkTrials: Sendable {
  /// What is trained on.
  public let training: LabelledData
  /// What is judged on.
  public let validation: LabelledData
  /// The test noise.
  public let noisyInputs: NoisyInputs
  /// Of all draws.
  public let seed: UInt64
  /// Rows of a batch.
  public let batchSize: Int
  /// What the norm of all gradients together is clipped to; nil for no clipping.
  public let maximumGradientNorm: Double?

  private let network: @Sendable (NoiseRule?, String?) -> any Layer
  private let optimizer: @Sendable ([Parameter], Int) -> any Optimizer
  private let loss: @Sendable (Tensor, [Int], Int) -> (loss: Float, gradient: Tensor)
  private let score: @Sendable (Tensor, [Int]) -> [Float]

  /// - Parameters:
  ///   - training: at least two rows, not all of one class.
  ///   - validation: at least two rows, of the same features and classes.
  ///   - noisyInputs: the test noise.
  ///   - seed: of all draws.
  ///   - batchSize: rows of a batch, at least 1.
  ///   - maximumGradientNorm: what the norm of all gradients together is clipped to, 0 or more; nil for no clipping. Others than these
  ///     stop the program.
  ///   - loss: of outputs, labels and the rows of the whole batch, as for `Trainer`; the cross-entropy by default.
  ///   - score: a score for each row of outputs, greater being better; by default 1 where the greatest output is that of the label,
  ///     else 0.
  ///   - network: the network with a rule at a site; without noise where both are nil. Its parameters have no values yet. It takes the
  ///     features of the data; where it does not and its first layer is one of your own, that layer says so, and the program stops. For
  ///     the default score it has an output for each class.
  ///   - optimizer: of the parameters, for a training of so many steps.
  /// - Throws: ``SearchError``: `tooFewRows`, `oneClass`, `otherData`, `otherInputs`, `tooFewOutputs`.
  public init(
    training: LabelledData, validation: LabelledData, noisyInputs: NoisyInputs, seed: UInt64,
    batchSize: Int = 64, maximumGradientNorm: Double? = nil,
    loss:
      @escaping @Sendable (
        _ outputs: Tensor, _ labels: [Int], _ count: Int
      ) -> (loss: Float, gradient: Tensor) = { crossEntropy($0, $1, count: $2) },
    score: (@Sendable (_ outputs: Tensor, _ labels: [Int]) -> [Float])? = nil,
    network: @escaping @Sendable (_ rule: NoiseRule?, _ site: String?) -> any Layer,
    optimizer: @escaping @Sendable (_ parameters: [Parameter], _ steps: Int) -> any Optimizer
  ) throws(SearchError) {
    require(batchSize >= 1, "NetworkTrials: batchSize is \(batchSize); expected at least 1")
    require(
      maximumGradientNorm ?? 0 >= 0,
      "NetworkTrials: maximumGradientNorm is \(maximumGradientNorm ?? 0); expected 0 or more")
    for data in [training, validation] where data.count < 2 {
      throw .tooFewRows(data: data.name, rows: data.count, expected: 2)
    }
    if let label = training.labels.first, training.labels.allSatisfy({ $0 == label }) {
      throw .oneClass(data: training.name, label: label)
    }
    if training.features != validation.features {
      throw .otherData(
        what: "features", training: training.features, validation: validation.features)
    }
    if training.classes != validation.classes {
      throw .otherData(
        what: "classes", training: training.classes, validation: validation.classes)
    }
    try requireFit(of: network(nil, nil), to: training, answersClasses: score == nil)
    self.training = training
    self.validation = validation
    self.noisyInputs = noisyInputs
    self.seed = seed
    self.batchSize = batchSize
    self.maximumGradientNorm = maximumGradientNorm
    self.loss = loss
    self.score = score ?? rightAnswers
    self.network = network
    self.optimizer = optimizer
  }

  /// Splits off one of some stratified folds to judge on; the others together are trained on.
  ///
  /// - Parameters:
  ///   - data: what there is.
  ///   - folds: the validation part has one row of so many.
  ///   - seed: another seed gives another split.
  /// - Throws: ``SearchError/fewerRowsThanFolds(data:rows:folds:)``, for fewer than two folds too.
  public static func split(
    _ data: LabelledData, folds: Int, seed: UInt64
  ) throws(SearchError) -> (training: LabelledData, validation: LabelledData) {
    if folds < 2 || data.count < folds {
      throw .fewerRowsThanFolds(data: data.name, rows: data.count, folds: folds)
    }
    let (training, validation) = data.stratifiedFolds(folds, seed: seed)[0]
    return (training, validation)
  }

  /// Trains with a rule at a site, or without noise, and scores.
  ///
  /// - Parameters:
  ///   - rule: the noise; nil for none.
  ///   - site: where it goes, as the builder of the network understands it.
  ///   - epochs: to train.
  ///   - replicate: which of the repetitions.
  /// - Returns: the scores; nil where the training, or an output, met a number that is not finite.
  public func scores(
    with rule: NoiseRule?, at site: String?, epochs: Int, replicate: Int
  ) throws -> TrialScores? {
    let seed = seed &+ UInt64(replicate)
    // A copy: trials may run at once, and none may see what another has trained.
    let model = network(rule, site).initialized(seed: seed).copy()
    guard try train(model, epochs: epochs, seed: seed) else { return nil }
    let clean = scores(of: model, validation.inputs)
    var noisy = [Float](repeating: 0, count: validation.count)
    let noise = NoiseStream(seed: self.seed)
    for draw in 0..<noisyInputs.draws {
      let drawn = scores(of: model, noisyInputs(validation.inputs, draw: draw, noise))
      for row in noisy.indices { noisy[row] += drawn[row] }
    }
    guard (clean + noisy).allSatisfy(\.isFinite) else { return nil }
    return TrialScores(
      clean: clean, noisy: noisy, draws: noisyInputs.draws, learnedScale: learnedScale(of: model))
  }

  /// - Returns: false where it met a number that is not finite.
  private func train(_ model: some Layer, epochs: Int, seed: UInt64) throws -> Bool {
    let batches = (training.count + batchSize - 1) / batchSize
    let trainer = Trainer(
      model, optimizer: optimizer(model.parameters, batches * epochs),
      noise: NoiseStream(seed: seed), loss: loss)
    trainer.batchSize = batchSize
    trainer.maximumGradientNorm = maximumGradientNorm
    trainer.shuffleSeed = seed
    trainer.showsProgress = false
    do {
      try trainer.train(on: training, epochs: epochs)
      return true
    } catch TrainingError.notFinite {
      return false
    }
  }

  private func scores(of model: some Layer, _ inputs: Tensor) -> [Float] {
    let scores = score(predict(model, inputs), validation.labels)
    require(
      scores.count == validation.count,
      "NetworkTrials: \(scores.count) scores of \(validation.count) rows; expected one for each")
    return scores
  }

  /// The mean of what the network has besides the one without noise: the parameters of scales that a rule learns.
  private func learnedScale(of model: some Layer) -> Float? {
    let known = Set(network(nil, nil).namedParameters.map(\.name))
    let learned = model.namedParameters.filter {
      !known.contains($0.name) && $0.name.split(separator: ".").last?.hasPrefix("scale") == true
    }.flatMap { $0.parameter.value.scalars.map { NoiseScale.learnedScale(ofParameter: $0) } }
    return learned.isEmpty ? nil : learned.reduce(0, +) / Float(learned.count)
  }

  /// What the trials are, so that a search does not go on from another's: the data's bits, the network, and the settings that can be
  /// told.
  var subject: String {
    let clipping = maximumGradientNorm.map { ", gradients clipped to \($0)" } ?? ""
    let shapes = network(nil, nil).namedParameters.map { "\($0.name) \($0.parameter.shape)" }
    return """
      \(training.name), \(training.count) rows (\(training.checksum)), judged on \
      \(validation.count) (\(validation.checksum)) in \(noisyInputs.draws) draws; \
      \(shapes.joined(separator: ", ")); batches of \(batchSize)\(clipping), seed \(seed)
      """
  }
}

private func rightAnswers(_ outputs: Tensor, _ labels: [Int]) -> [Float] {
  zip(outputs.indicesOfRowMaxima(), labels).map { $0 == $1 ? 1 : 0 }
}

extension NoiseSearch {
  /// Searches for the noise of a network.
  ///
  /// - Parameters:
  ///   - trials: what is trained and judged.
  ///   - file: where the trials so far are kept, as JSON, written whole after each; a search of the same settings goes on from it,
  ///     with the result of one that never stopped. Nil to keep nothing.
  ///   - subject: what the file cannot know of the trials: the optimizer, the loss, the test noise. A search does not go on from one
  ///     with other words here.
  ///   - concurrentTrials: trials at once, at least 1, each with its share of the threads. It changes no result; another stops the
  ///     program.
  ///   - progress: called after each trial, one call at a time. What it throws ends the search, which the file can resume.
  /// - Throws: ``SearchError``; what `progress` throws; `CancellationError` where the task is cancelled.
  public func run(
    _ trials: NetworkTrials, keptIn file: String? = nil, subject: String = "",
    concurrentTrials: Int = 1,
    progress: (@Sendable (SearchProgress) throws -> Void)? = nil
  ) async throws -> NoiseSearchResult {
    let words = [trials.subject, subject].filter { !$0.isEmpty }.joined(separator: "; ")
    return try await run(
      keptIn: file, subject: words, concurrentTrials: concurrentTrials, progress: progress
    ) { trial in
      try trials.scores(
        with: trial.candidate.map { rule(of: $0) }, at: trial.candidate?.site,
        epochs: trial.epochs, replicate: trial.replicate)
    }
  }
}
