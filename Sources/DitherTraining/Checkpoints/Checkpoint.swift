public import DitherTensors
public import Layers
public import Optimizers

/// What a run needs to go on: the model's parameters and buffers, the optimizer's state, and how far it has come.
///
/// Noise and schedules have no state of their own: they are functions of the seed and the step. A run that goes on from a
/// checkpoint, with the same optimizer, data and seeds, ends with the bits of one that never stopped:
///
/// ```swift
/// var model = Sequential(seed: 7) { Linear(inputs: 8, outputs: 2) }
/// let optimizer = AdamW(model.parameters, learningRate: 1e-3)
/// let path = "/tmp/step-100.safetensors"
/// try Checkpoint(of: model, optimizer: optimizer, step: 100, noiseSeed: 42).write(to: path)
///
/// let checkpoint = try Checkpoint(contentsOf: path)
/// try checkpoint.restore(to: &model, optimizer: optimizer)
/// let noise = NoiseStream(seed: checkpoint.noiseSeed!).at(step: checkpoint.step)
/// ```
///
/// It is one safetensors file: the model's tensors under their names (`0.weight`), which Python reads as such, and under names
/// that begin with `#` those of the optimizer. ``CheckpointFolder`` keeps the last two of a run.
public struct Checkpoint: Sendable {
  /// The model's parameters and buffers by their full names.
  public var tensors: [String: Tensor]
  /// Steps taken: where noise and schedules go on.
  public var step: Int
  /// Epochs that are complete.
  public var epoch: Int
  /// Batches of the next epoch that are done.
  public var batch: Int
  /// The seed of the noise; nil where there is none.
  public var noiseSeed: UInt64?
  /// What the optimizer has learned; nil where there is none.
  public internal(set) var optimizer: OptimizerState?
  /// The names of the parameters of ``optimizer``, in its order.
  public internal(set) var optimizerParameters: [String] = []
  /// What a `Trainer` needs beside these; nil of a loop of one's own.
  public internal(set) var training: TrainingCheckpoint?
  /// Averages of the weights and their kind, of a run that keeps them; nil of others. `WeightAverage.restore(_:)` takes them over,
  /// and refuses those of another kind.
  public var weightAverage: WeightAverage.State?
  /// How the model is built, so that ``makeModel(from:best:)`` makes it without its source; nil if nobody said.
  public var model: LayerDescription?
  /// Text of the caller's own, by names that do not begin with `dither.`.
  public var metadata: [String: String] = [:]
  /// The file that it was read from; nil if from none.
  public internal(set) var file: String?

  /// A checkpoint of tensors alone, as a file of Python's has them.
  ///
  /// ```swift
  /// let path = "/tmp/from-python.safetensors"
  /// try Safetensors(tensors: ["0.weight": Tensor(zeros: [2, 8]), "0.bias": Tensor(zeros: [2])]).write(to: path)
  ///
  /// var model = Sequential([Linear(inputs: 8, outputs: 2)])
  /// try Checkpoint(tensors: Safetensors(contentsOf: path).tensors).restore(to: &model)
  /// ```
  public init(tensors: [String: Tensor]) {
    self.tensors = tensors
    (step, epoch, batch) = (0, 0, 0)
  }

  /// A checkpoint of a loop of one's own.
  ///
  /// - Parameters:
  ///   - model: its parameters and buffers are kept. One without a value stops the program.
  ///   - optimizer: of parameters of the model; one of others stops the program.
  ///   - step: steps taken.
  ///   - epoch: epochs that are complete.
  ///   - batch: batches of the next epoch that are done.
  ///   - noiseSeed: of the stream of noise.
  public init(
    of model: some Layer, optimizer: (any Optimizer)? = nil, step: Int, epoch: Int = 0,
    batch: Int = 0, noiseSeed: UInt64? = nil
  ) {
    tensors = ModelTensors(model).values
    (self.step, self.epoch, self.batch, self.noiseSeed) = (step, epoch, batch, noiseSeed)
    if let optimizer {
      self.optimizer = optimizer.state
      optimizerParameters = ModelTensors(model).names(of: optimizer.parameters)
    }
  }

  /// A checkpoint of a run of a `Trainer`.
  ///
  /// - Parameters:
  ///   - model: its parameters and buffers are kept.
  ///   - optimizer: of parameters of the model; one of others stops the program.
  ///   - training: where the run stands.
  public init(of model: some Layer, optimizer: any Optimizer, training: TrainingCheckpoint) {
    let state = training.state
    self.init(
      of: model, optimizer: optimizer, step: state.step, epoch: state.epoch, batch: state.batch,
      noiseSeed: state.noiseSeed)
    self.training = training
  }
}

// MARK: Going on

extension Checkpoint {
  /// Gives a model the values of its parameters and buffers, and an optimizer its state.
  ///
  /// Either all is taken over or nothing. Gradients are cleared. The optimizer must be made as the first was, of the same
  /// parameters in the same order.
  ///
  /// - Throws: ``CheckpointError/otherModel(file:differences:)``, which lists the tensors that differ, and how;
  ///   ``CheckpointError/notFinite(file:tensors:)``; and where the optimizer is another, or the checkpoint has none.
  public func restore<Model: Layer>(
    to model: inout Model, optimizer: (any Optimizer)? = nil
  ) throws(CheckpointError) {
    let held = ModelTensors(model)
    let differences = held.differences(from: tensors)
    if !differences.isEmpty { throw .otherModel(file: file, differences: differences) }
    var notFinite = tensors.filter { !$0.value.isFinite }.map(\.key)
    if optimizer != nil { notFinite += notFiniteStates }
    if !notFinite.isEmpty {
      throw .notFinite(file: file, tensors: notFinite.sorted(by: precedes))
    }
    if let optimizer { try restore(optimizer, held) }
    held.set(tensors, in: &model)
  }

  /// The names that the optimizer's tensors have in a file.
  private var notFiniteStates: [String] {
    zip(optimizerParameters, optimizer?.parameters ?? []).flatMap { name, state in
      state.tensors.filter { !$0.value.isFinite }
        .map { "\(CheckpointKey.optimizerTensors)\($0.key).\(name)" }
    }
  }

  private func restore(
    _ optimizer: any Optimizer, _ held: ModelTensors
  ) throws(CheckpointError) {
    guard let state = self.optimizer else { throw .lacks(file: file, what: "an optimizer's state") }
    let names = held.names(of: optimizer.parameters)
    // The order is a part of the addresses of noise on gradients.
    if names != optimizerParameters {
      throw .otherOptimizer(
        file: file,
        reason: "the state is of the parameters \(optimizerParameters); expected \(names)")
    }
    do throws(OptimizerStateError) {
      try optimizer.restore(state)
    } catch {
      throw .otherOptimizer(file: file, reason: "\(error)")
    }
  }

  /// The model that ``model`` describes, with the values of its parameters and buffers.
  ///
  /// A checkpoint of a trainer holds the values of the last step, also where early stopping ended the run, and those of the best
  /// epoch beside them.
  ///
  /// - Parameters:
  ///   - catalog: has the layers that it is made of.
  ///   - best: whether to give it the values of the best epoch, ``TrainingCheckpoint/best``.
  /// - Throws: ``CheckpointError/modelDescription(file:error:)`` for a description that the catalog cannot make a model of,
  ///   ``CheckpointError/lacks(file:what:)`` where there is no description, or no best epoch; and what
  ///   ``restore(to:optimizer:)`` throws.
  public func makeModel(
    from catalog: LayerCatalog = .standard, best: Bool = false
  ) throws(CheckpointError) -> any Layer {
    if best { return try ofBestEpoch().makeModel(from: catalog) }
    guard let description = model else {
      throw .lacks(file: file, what: "a description of the model")
    }
    let elements = tensors.values.reduce(0) { $0 + $1.count }
    var model: any Layer
    do throws(LayerDescriptionError) {
      model = try catalog.layer(description, path: "", budget: ElementBudget(elements))
    } catch {
      throw .modelDescription(file: file, error: error)
    }
    try restore(to: &model)
    return model
  }

  /// The model as it was at its best epoch, and nothing else.
  private func ofBestEpoch() throws(CheckpointError) -> Checkpoint {
    guard let values = training?.best, !values.isEmpty else {
      throw .lacks(file: file, what: "the values of a best epoch, which early stopping keeps")
    }
    var checkpoint = Checkpoint(tensors: values)
    (checkpoint.model, checkpoint.file) = (model, file)
    return checkpoint
  }
}
