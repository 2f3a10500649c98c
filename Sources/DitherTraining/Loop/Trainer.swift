public import DitherData
import DitherRuntime
public import DitherTensors
public import Layers
public import NoiseDistributions
public import Optimizers

/// Trains a network on labelled data, in memory or prepared batch by batch: the loop over epochs and batches, with what one wants
/// around it.
///
/// What belongs to the optimizer is set there: the schedule of its learning rate, bounds on norms of weights, noise on
/// gradients.
///
/// ```swift
/// let digits = try Digits.load()
/// let (training, validation) = digits.stratifiedSplit(testFraction: 0.25, seed: 0)
/// let network = Sequential(seed: 7) {
///   Linear(inputs: 64, outputs: 64).noise(.adding(Gaussian(standardDeviation: 0.1)), on: .input)
///   ReLU()
///   Linear(inputs: 64, outputs: 10)
/// }
/// let trainer = Trainer(
///   network, optimizer: AdamW(network.parameters, learningRate: 3e-3), noise: NoiseStream(seed: 42))
/// trainer.earlyStopping = EarlyStopping(on: "accuracy", patience: 5)
/// let history = try trainer.train(on: training, validation: validation, epochs: 20)
/// print(history.epochs.last?.validation["accuracy"] ?? 0)
/// ```
///
/// Each step is a function of the seeds and of its number: a run has the same bits on any number of threads, in parts of any
/// size (``rowsAtOnce``), and resumed from a checkpoint. Noise is drawn at the optimizer's step, and the row of a draw is the
/// sample's place in its batch.
public final class Trainer<Network: Layer> {
  /// What is trained: a copy of the struct that was given, over the same parameters and the same `Buffer`s.
  public internal(set) var network: Network
  /// What changes the parameters.
  public let optimizer: any Optimizer
  /// What the noise is drawn from, in the domain of training.
  public let noise: NoiseStream
  /// What is to become small.
  public let loss: TrainingLoss

  /// Rows of a batch, at least 1.
  public var batchSize = 128 {
    didSet { require(batchSize >= 1, "Trainer: batchSize is \(batchSize); expected at least 1") }
  }
  /// Whether a last batch of fewer rows than ``batchSize`` is left out of each epoch: a `BatchNorm` cannot be trained on a
  /// single row.
  public var dropsIncompleteBatch = false
  /// Rows that go through the network at once, at least 1: a batch is computed in parts of so many rows, whose gradients
  /// add up to the bits of the whole batch (but where a layer mixes rows, as batch normalisation does). Nil for whole
  /// batches.
  public var rowsAtOnce: Int? {
    didSet {
      require(
        rowsAtOnce ?? 1 >= 1, "Trainer: rowsAtOnce is \(rowsAtOnce ?? 0); expected at least 1")
    }
  }
  /// The seed of the batches' order in each epoch.
  public var shuffleSeed: UInt64 = 0
  /// What the norm of all gradients together is clipped to (`clipGradients(of:maximumNorm:)`); nil for no clipping.
  public var maximumGradientNorm: Double? {
    didSet {
      require(
        maximumGradientNorm ?? 0 >= 0,
        "Trainer: maximumGradientNorm is \(maximumGradientNorm ?? 0); expected 0 or more")
    }
  }
  /// Called with the optimizer's parameters when their gradients are complete, before clipping: to change gradients.
  public var beforeStep: (([Parameter]) -> Void)?
  /// The radius of sharpness-aware minimisation (`Optimizer.sharpnessAwareStep(radius:_:)`), which runs each batch twice;
  /// nil for plain steps.
  public var sharpnessRadius: Double? {
    didSet {
      require(
        sharpnessRadius ?? 0 >= 0,
        "Trainer: sharpnessRadius is \(sharpnessRadius ?? 0); expected 0 or more")
    }
  }

  /// Figures of the validation data at the end of each epoch, beside the loss. The progress line shows the first.
  public var metrics: [any Metric] = [Accuracy()]
  /// Ends the run when a figure stops improving; needs validation data.
  public var earlyStopping: EarlyStopping?
  /// Called after each batch.
  public var afterBatch: ((BatchReport) -> TrainingDecision)?
  /// Called at the end of each epoch.
  public var afterEpoch: ((EpochRecord) -> TrainingDecision)?

  /// Whether a line on standard error shows how far the run is: on a terminal only, and from two seconds on.
  public var showsProgress = true
  /// The path of a file to which each epoch's ``EpochRecord`` is written as a line of JSON; nil for none. A run begins the
  /// file anew, one that goes on from a checkpoint with the epochs before it.
  public var log: String?
  /// Saves the network, the optimizer and a checkpoint, and returns a line that says how to resume. It is called every
  /// ``epochsBetweenSaves`` epochs and when the run ends, also where an interrupt ends it, but not where nothing has changed since
  /// the last call or since the checkpoint that the run began from, and never with a number that is not finite. A run that
  /// meets such a number calls it with the state that it is left at, unless nothing was learned yet; one whose data throw an error
  /// in any case. With it, an interrupt (SIGINT, SIGTERM, SIGHUP) ends the run after the batch at hand;
  /// without, it ends the program.
  public var save: ((TrainingCheckpoint) throws -> String)?
  /// Epochs from one call of ``save`` to the next, at least 1.
  public var epochsBetweenSaves = 1 {
    didSet {
      require(
        epochsBetweenSaves >= 1,
        "Trainer: epochsBetweenSaves is \(epochsBetweenSaves); expected at least 1")
    }
  }

  /// Where the last run stood when it ended or stopped, before early stopping put the best parameters back; nil before the
  /// first.
  public internal(set) var checkpoint: TrainingCheckpoint?

  /// Where progress and messages go, made anew for each run.
  package var display: () -> ProgressDisplay = { .standardError() }

  /// - Parameters:
  ///   - network: what to train. Another network than the optimizer's stops the program.
  ///   - optimizer: of the network's parameters, all or some.
  ///   - noise: what the noise of the training passes is drawn from.
  ///   - loss: of the outputs and labels; the cross-entropy by default.
  public init(
    _ network: Network, optimizer: any Optimizer, noise: NoiseStream,
    loss: @escaping TrainingLoss = { crossEntropy($0, $1, count: $2) }
  ) {
    let own = Set(network.parameters.map(ObjectIdentifier.init))
    require(
      optimizer.parameters.contains { own.contains(ObjectIdentifier($0)) },
      "Trainer: none of the optimizer's \(optimizer.parameters.count) parameters is one of the network's \(own.count); expected an optimizer of network.parameters"
    )
    self.network = network
    self.optimizer = optimizer
    self.noise = noise
    self.loss = loss
  }

  /// Trains until the run has had `epochs` epochs, or ends early.
  ///
  /// - Parameters:
  ///   - data: with at least one row; others stop the program. `LabelledData`, whose rows lie in memory, or a `BatchSource` of
  ///     one's own, whose batches are prepared in the background.
  ///   - validation: what ``metrics`` and early stopping look at; with at least one row.
  ///   - epochs: of the whole run, those before a checkpoint included, 0 or more.
  ///   - checkpoint: where an earlier run stood; the network and the optimizer must have been put back to what they were
  ///     there. Nil begins a run.
  /// - Returns: a record for each epoch, and why the run ended.
  /// - Throws: ``TrainingError``; what ``save`` throws; and what the data throw, at the step that lacks the batch. When it returns
  ///   or throws, nothing of the data's runs in the background any more.
  @discardableResult
  public func train(
    on data: some BatchSource, validation: LabelledData? = nil, epochs: Int,
    from checkpoint: TrainingCheckpoint? = nil
  ) throws -> TrainingHistory {
    require(epochs >= 0, "Trainer.train: epochs is \(epochs); expected 0 or more")
    require(
      data.count > 0, "Trainer.train: the data \"\(data.name)\" have no rows; expected at least one"
    )
    require(
      earlyStopping == nil || validation != nil,
      "Trainer.train: earlyStopping without validation data; expected some")
    requireRows(data)
    let run = try TrainingRun(
      self, data: data, validation: validation, epochs: epochs, from: checkpoint)
    defer { self.checkpoint = run.checkpoint }
    return try run.train()
  }

  /// Stops where there is no batch, or one that the network cannot be trained on, before anything is trained.
  private func requireRows(_ data: some BatchSource) {
    require(
      !dropsIncompleteBatch || data.count >= batchSize,
      "Trainer.train: \(data.count) rows, and batches of fewer than batchSize, \(batchSize), are dropped; expected \(batchSize) rows at least"
    )
    guard let layer = network.firstBatchNorm else { return }
    let remainder = data.count % batchSize
    var sizes = data.count >= batchSize ? [batchSize] : []
    if remainder > 0 && !dropsIncompleteBatch { sizes.append(remainder) }
    for size in sizes {
      require(
        !parts(of: size, size: rowsAtOnce ?? size).contains { $0.count == 1 },
        "Trainer.train: \(data.count) rows in batches of \(batchSize)\(rowsAtOnce.map { ", \($0) rows at once" } ?? ""), of which one row goes alone through the BatchNorm \"\(layer)\"; expected another batchSize or rowsAtOnce, or dropsIncompleteBatch"
      )
    }
  }
}
