import DitherTensors
import Layers
import Optimizers

/// All that a run goes on from.
struct GoodState {
  var state: TrainingState
  var best: [String: Tensor]
  var values: [String: Tensor]
  var optimizer: OptimizerState
}

// MARK: The last good state

extension TrainingRun {
  /// Notes the state at the start of an epoch; throws if it holds a number that is not finite.
  func keepStart() throws {
    try requireFinite()
    start = GoodState(
      state: state, best: best, values: ModelTensors(trainer.network).values,
      optimizer: trainer.optimizer.state)
  }

  /// A pass from the start of the epoch was finite, back and forth: it is a state that a run may go back to. (Weights may be so great
  /// that all of them are numbers, and no output is.)
  func noteProven() {
    guard let start else { return }
    good = start
    self.start = nil
  }

  /// Throws if the network, or what the optimizer keeps, holds a number that is not finite; the last good state is back then.
  func requireFinite() throws {
    if let place = firstNonFinite(in: trainer.network, trainer.optimizer) {
      throw failure(at: place)
    }
  }

  /// Whether the network, without noise, gives an output that is not finite for inputs that are.
  func hasNoAnswer(to inputs: Tensor) -> Bool {
    let rows = inputs.shape[0]
    return inputs.isFinite
      && parts(of: rows, size: trainer.rowsAtOnce ?? rows).contains { range in
        !trainer.network(inputs.rows(range)).isFinite
      }
  }

  /// The error for a number that is not finite. Clears gradients; where an update itself went out of range, puts the last good
  /// state back.
  ///
  /// - Parameter isSpoiled: whether the network is known to be of no use, though all that it keeps is finite.
  func failure(at place: TrainingError.Place, isSpoiled: Bool = false) -> TrainingError {
    for parameter in parameters + others { parameter.clearGradient() }
    let (epoch, batch, step) = (state.epoch, state.batch, state.step)
    if let good = good ?? start,
      isSpoiled || firstNonFinite(in: trainer.network, trainer.optimizer) != nil
    {
      ModelTensors(trainer.network).set(good.values, in: &trainer.network)
      // It is the optimizer's own, of earlier.
      try! trainer.optimizer.restore(good.optimizer)
      (state, best) = (good.state, good.best)
    }
    return .notFinite(place: place, epoch: epoch, batch: batch, step: step, kept: state.step)
  }
}
