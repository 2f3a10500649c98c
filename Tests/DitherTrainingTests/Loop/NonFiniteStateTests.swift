import DitherData
import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers
import Testing

@Suite("What a number that is not finite leaves of a run, and of its checkpoints")
struct NonFiniteStateTests {
  let training = DigitRun.data.training

  @Test("Weights that are numbers, and so great that no output is: the network is as at the start")
  func divergence() {
    let network = DigitRun.network()
    let before = bits(network)
    let trainer = DigitRun.trainer(network, SGD(network.parameters, learningRate: 1e30))
    #expect(
      throws: TrainingError.notFinite(place: .layer("3"), epoch: 0, batch: 1, step: 1, kept: 0)
    ) {
      try trainer.train(on: training, epochs: 1)
    }
    #expect(bits(network) == before)
  }

  @Test("An update that leaves the range of a number: the network is as at the start of the epoch")
  func update() {
    let network = DigitRun.network()
    let before = bits(network)
    let trainer = DigitRun.trainer(network, SGD(network.parameters, learningRate: 1e39))
    #expect(
      throws: TrainingError.notFinite(
        place: .parameter("0.weight"), epoch: 0, batch: 1, step: 1, kept: 0)
    ) {
      try trainer.train(on: training, epochs: 1)
    }
    #expect(bits(network) == before)
  }

  @Test("The state before the step is saved, unless nothing was learned")
  func saved() {
    for (trainer, count) in [
      (DigitRun.trainer(spoiledNetwork(Spoiled(step: 1))), 1), (steep(1e30), 0), (steep(1e39), 0),
    ] {
      let saved = Notes<Int>()
      trainer.save = { checkpoint in
        saved.list.append(checkpoint.state.step)
        return ""
      }
      #expect(throws: TrainingError.self) { try trainer.train(on: training, epochs: 1) }
      #expect(saved.list == Array(repeating: 1, count: count))
    }
  }

  private func steep(_ learningRate: Double) -> Trainer<Sequential> {
    let network = DigitRun.network()
    return DigitRun.trainer(network, SGD(network.parameters, learningRate: learningRate))
  }

  @Test("A checkpoint of a network that is of no use is followed by one of the state before")
  func uselessCheckpoint() throws {
    let network = DigitRun.network()
    let trainer = DigitRun.trainer(network, SGD(network.parameters, learningRate: 0.01))
    let saved = Notes<Int>()
    trainer.save = { checkpoint in
      saved.list.append(checkpoint.state.step)
      return ""
    }
    trainer.afterBatch = { report in
      if report.step == 26 { trainer.optimizer.learningRate = 1e30 }
      return .proceed
    }
    let error = #expect(throws: TrainingError.self) {
      try trainer.train(on: training, epochs: 3)
    }
    guard case .notFinite(.layer, 2, 0, 28, 14) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(saved.list == [14, 28, 14])
    #expect(predict(network, training.inputs).sumOfSquares().isFinite)
  }

  /// Stops before the third epoch; the last step of the second has gone out of range.
  private func diverge(
    _ network: Sequential, saved: Notes<TrainingState> = Notes()
  ) -> Trainer<Sequential> {
    let trainer = DigitRun.trainer(network)
    trainer.save = { checkpoint in
      saved.list.append(checkpoint.state)
      return ""
    }
    trainer.afterBatch = { report in
      if report.step == 26 { trainer.optimizer.learningRate = 1e39 }
      return .proceed
    }
    return trainer
  }

  @Test("Weights that the last update spoiled are never saved: all is as at the start of the epoch")
  func spoiledAtTheEnd() throws {
    let network = DigitRun.normalisedNetwork()
    let saved = Notes<TrainingState>()
    let trainer = diverge(network, saved: saved)
    #expect(
      throws: TrainingError.notFinite(
        place: .parameter("0.weight"), epoch: 1, batch: 14, step: 28, kept: 14)
    ) {
      try trainer.train(on: training, epochs: 2)
    }
    #expect(saved.list.map(\.step) == [14])
    #expect(trainer.checkpoint?.state == saved.list[0] && trainer.optimizer.stepCount == 14)
    // Its optimizer and position are those of that step too: it goes on as if nothing had been.
    trainer.afterBatch = nil
    try trainer.train(on: training, epochs: 2, from: trainer.checkpoint)
    let undisturbed = DigitRun.normalisedNetwork()
    try DigitRun.trainer(undisturbed).train(on: training, epochs: 2)
    #expect(bits(network) == bits(undisturbed))
  }

  @Test("A run that a callback ends is looked at too")
  func spoiledAtAStop() throws {
    let saved = Notes<TrainingState>()
    let trainer = diverge(DigitRun.network(), saved: saved)
    let spoil = trainer.afterBatch!
    trainer.afterBatch = { report in
      _ = spoil(report)
      return report.step == 27 ? .stop : .proceed
    }
    #expect(throws: TrainingError.self) { try trainer.train(on: training, epochs: 2) }
    #expect(saved.list.map(\.step) == [14])
  }

  @Test("A buffer, what the optimizer keeps, and weights that are no numbers from the start")
  func spoiledState() throws {
    let saved = Notes<TrainingState>()
    let network = spoiledNetwork(Spoiled(step: -1))
    let trainer = DigitRun.trainer(network)
    trainer.save = { checkpoint in
      saved.list.append(checkpoint.state)
      return ""
    }
    trainer.afterBatch = { _ in
      (network.layers[1] as! Counting).count.value = Tensor([.infinity])
      return .stop
    }
    #expect(
      throws: TrainingError.notFinite(
        place: .buffer("1.count"), epoch: 0, batch: 1, step: 1, kept: 0)
    ) {
      try trainer.train(on: training, epochs: 1)
    }
    #expect(count(network) == 0)

    // The square of the gradient is above the greatest number; the gradient is not.
    let optimizer = Adam(network.parameters)
    let other = DigitRun.trainer(network, optimizer)
    other.beforeStep = { parameters in
      parameters[0].clearGradient()
      parameters[0].addToGradient(Tensor(repeating: 1e30, shape: parameters[0].shape))
    }
    other.afterBatch = { _ in .stop }
    let error = #expect(throws: TrainingError.self) { try other.train(on: training, epochs: 1) }
    guard case .notFinite(.optimizerState(_, "0.weight"), _, _, 1, 0) = error else {
      Issue.record("\(String(describing: error))")
      return
    }

    network.parameters[1].value = Tensor(repeating: .nan, shape: network.parameters[1].shape)
    let last = DigitRun.trainer(network)
    last.save = trainer.save
    #expect(
      throws: TrainingError.notFinite(
        place: .parameter("0.bias"), epoch: 0, batch: 0, step: 0, kept: 0)
    ) {
      try last.train(on: training, epochs: 1)
    }
    #expect(saved.list.isEmpty)
  }

  @Test("The state before the step follows the checkpoint that there is")
  func followsCheckpoint() {
    let saved = Notes<Int>()
    let trainer = DigitRun.trainer(spoiledNetwork(Spoiled(step: 17)))
    trainer.save = { checkpoint in
      saved.list.append(checkpoint.state.step)
      return ""
    }
    #expect(throws: TrainingError.self) { try trainer.train(on: training, epochs: 2) }
    #expect(saved.list == [14, 17])
  }

  @Test("Where the last update spoiled the weights, the start of the epoch is saved if it was not")
  func seldomSaved() {
    let saved = Notes<TrainingState>()
    let trainer = diverge(DigitRun.network(), saved: saved)
    trainer.epochsBetweenSaves = 100
    #expect(throws: TrainingError.self) { try trainer.train(on: training, epochs: 3) }
    #expect(saved.list.map(\.step) == [14])
  }
}
