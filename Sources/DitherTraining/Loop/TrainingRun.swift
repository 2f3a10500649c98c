import DitherData
import DitherRuntime
import DitherTensors
import Layers

/// One call of ``Trainer/train(on:validation:epochs:from:)``: its epochs, and what is done at their ends.
final class TrainingRun<Network: Layer> {
  let trainer: Trainer<Network>
  let data: any BatchSource
  let validation: LabelledData?
  let epochs: Int

  var state: TrainingState
  var display: ProgressDisplay
  /// The parameters and buffers of the best epoch; empty without early stopping.
  var best: [String: Tensor]
  let log: TrainingLog?
  /// Whether a greater value of the figure that early stopping looks at is better.
  let higherIsBetter: Bool
  let firstStep: Int

  /// The parameters that are trained, and those of the network that are not.
  let parameters: [Parameter]
  let others: [Parameter]
  /// Whether a forward pass may change something.
  let hasBuffers: Bool
  /// The newest state that a run may go back to: that at the start of an epoch.
  var good: GoodState?
  /// The state at the start of the epoch, all of it finite, until a pass shows whether it is such a one.
  var start: GoodState?
  /// What was saved last, or gone on from: to save it again would only push an older checkpoint out.
  private var saved: TrainingState?
  /// How to resume from what was saved last.
  private var advice: String?

  init(
    _ trainer: Trainer<Network>, data: any BatchSource, validation: LabelledData?, epochs: Int,
    from checkpoint: TrainingCheckpoint?
  ) throws {
    self.trainer = trainer
    self.data = data
    self.validation = validation
    self.epochs = epochs
    let beginning = TrainingState(
      step: trainer.optimizer.stepCount, noiseSeed: trainer.noise.seed,
      shuffleSeed: trainer.shuffleSeed, batchSize: trainer.batchSize, rows: data.count,
      dropsIncompleteBatch: trainer.dropsIncompleteBatch)
    try checkpoint?.state.requireFits(beginning)
    state = checkpoint?.state ?? beginning
    firstStep = state.step
    saved = checkpoint?.state
    best = checkpoint?.best ?? [:]
    let differences = ModelTensors(trainer.network).differences(from: best)
    if !best.isEmpty && !differences.isEmpty {
      throw TrainingError.otherRun(
        what: "best epoch", found: differences.map(\.description).joined(separator: ", "),
        expected: "the tensors of the network")
    }
    higherIsBetter = TrainingRun.higherIsBetter(trainer)
    let place = trainer.earlyStopping?.best(in: state.history, higherIsBetter: higherIsBetter)
    if let place, best.isEmpty {
      throw TrainingError.otherRun(
        what: "best epoch", found: "without its values", expected: "those of epoch \(place + 1)")
    }
    if trainer.earlyStopping != nil && place != state.bestEpoch {
      throw TrainingError.otherRun(
        what: "best epoch", found: state.bestEpoch.map { String($0 + 1) } ?? "none",
        expected: "\(place.map { String($0 + 1) } ?? "none"), as early stopping has it now")
    }
    parameters = trainer.optimizer.parameters
    let trained = Set(parameters.map(ObjectIdentifier.init))
    others = trainer.network.parameters.filter { !trained.contains(ObjectIdentifier($0)) }
    hasBuffers = !buffers(of: trainer.network).isEmpty
    log = try trainer.log.map { path throws(TrainingError) in
      try TrainingLog(path: path, history: checkpoint?.state.history ?? [])
    }
    display = trainer.display()
  }

  var checkpoint: TrainingCheckpoint { TrainingCheckpoint(state: state, best: best) }

  /// The direction of the figure that early stopping looks at. Stops at a name that no figure has, and at two of one name.
  private static func higherIsBetter(_ trainer: Trainer<Network>) -> Bool {
    let names = ["loss"] + trainer.metrics.map(\.name)
    require(
      Set(names).count == names.count,
      "Trainer: the metrics' names are \(names.dropFirst()); expected each once, and none \"loss\"")
    guard let figure = trainer.earlyStopping?.figure, figure != "loss" else { return false }
    guard let metric = trainer.metrics.first(where: { $0.name == figure }) else {
      misuse("EarlyStopping: there is no figure \"\(figure)\"; expected one of \(names)")
    }
    return metric.higherIsBetter
  }

  /// The run to its end.
  func train() throws -> TrainingHistory {
    defer { display.finish() }
    let outcome: TrainingOutcome
    do {
      outcome = try trainer.save == nil ? loop() : Interrupt.observed(loopAndSave)
    } catch let error as TrainingError {
      // What a run that met a number that is not finite has learned is saved, be it older than what was saved: that was of
      // no use then.
      if case .notFinite = error, state.step > 0,
        firstNonFinite(in: trainer.network, trainer.optimizer) == nil
      {
        saveBeforeFailure()
      }
      throw error
    } catch let fault as BatchFault {
      saveBeforeFailure()
      throw fault.error
    }
    try requireFinite()
    try save()
    if outcome == .interrupted {
      display.say(
        "Interrupted after step \(state.step) (epoch \(state.epoch + 1), after \(state.batch) of its batches). \(advice ?? "Nothing has changed since its checkpoint.")"
      )
    }
    var bestEpoch: Int?
    if outcome == .completed || outcome == .stoppedEarly, let place = bestPlace {
      ModelTensors(trainer.network).set(best, in: &trainer.network)
      bestEpoch = state.history[place].epoch
    }
    return TrainingHistory(epochs: state.history, outcome: outcome, bestEpoch: bestEpoch)
  }

  /// The loop, and what is saved where a signal ends it, which the terminal's second one must not cut short.
  private func loopAndSave() throws -> TrainingOutcome {
    let outcome = try loop()
    if outcome == .interrupted { try save() }
    return outcome
  }

  /// Saves where the run stands, unless that is saved already.
  func save() throws {
    guard let save = trainer.save, state != saved else { return }
    try requireFinite()
    advice = try save(checkpoint)
    saved = state
  }

  /// Saves where a run stands that an error ends; of what hinders it the error has nothing, so that it is said.
  private func saveBeforeFailure() {
    do {
      try save()
    } catch {
      display.say("The checkpoint before this step could not be saved: \(error)")
    }
  }
}
