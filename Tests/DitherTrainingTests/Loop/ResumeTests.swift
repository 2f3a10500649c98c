import DitherData
import DitherTensors
import DitherTraining
import Foundation
import Layers
import NoiseDistributions
import Optimizers
import Testing

@Suite("A resumed run ends with the bits of one that never stopped")
struct ResumeTests {
  let training = DigitRun.data.training
  let validation = DigitRun.data.test

  private func trainer(_ network: Sequential, keepsBest: Bool) -> Trainer<Sequential> {
    let trainer = DigitRun.trainer(network)
    trainer.optimizer.learningRateSchedule = .cosine(from: 5e-3, to: 1e-4, over: 42)
    trainer.metrics.append(WorstLoss())
    if keepsBest { trainer.earlyStopping = EarlyStopping(on: "worst loss", patience: 5) }
    return trainer
  }

  @Test(
    "Stopped after any batch, the last of an epoch included, with the state through JSON",
    arguments: [1, 13, 14, 15, 30], [false, true])
  func resumes(steps: Int, keepsBest: Bool) throws {
    let whole = DigitRun.normalisedNetwork()
    let expected = try trainer(whole, keepsBest: keepsBest).train(
      on: training, validation: validation, epochs: 3)
    #expect(expected.bestEpoch == (keepsBest ? 0 : nil))

    let first = DigitRun.normalisedNetwork()
    let stopped = trainer(first, keepsBest: keepsBest)
    stopped.afterBatch = { $0.step == steps - 1 ? .stop : .proceed }
    let part = try stopped.train(on: training, validation: validation, epochs: 3)
    #expect(part.outcome == .stoppedByCallback)
    let checkpoint = try #require(stopped.checkpoint)
    #expect(checkpoint.state.step == steps)
    #expect(checkpoint.best.isEmpty == (!keepsBest || steps <= 14))

    // Another network and another optimizer, as another process makes them.
    var second = DigitRun.normalisedNetwork()
    let resumed = trainer(second, keepsBest: keepsBest)
    try Checkpoint(of: first, optimizer: stopped.optimizer, step: steps)
      .restore(to: &second, optimizer: resumed.optimizer)
    let state = try JSONDecoder().decode(
      TrainingState.self, from: JSONEncoder().encode(checkpoint.state))
    #expect(state == checkpoint.state)
    let history = try resumed.train(
      on: training, validation: validation, epochs: 3,
      from: TrainingCheckpoint(state: state, best: checkpoint.best))
    #expect(history.outcome == .completed)
    #expect(history.bestEpoch == expected.bestEpoch)
    #expect(history.epochs.map(Figures.init) == expected.epochs.map(Figures.init))
    #expect(bits(second) == bits(whole))
  }

  @Test("A run that has had its epochs, or was stopped early, has nothing left to do")
  func nothingLeft() throws {
    let network = DigitRun.network()
    let trainer = DigitRun.trainer(network)
    try trainer.train(on: training, epochs: 1)
    let before = bits(network)
    let history = try trainer.train(on: training, epochs: 1, from: trainer.checkpoint)
    #expect(history.outcome == .completed && history.epochs.count == 1)
    #expect(bits(network) == before)
  }

  @Test("What is saved already is not saved again")
  func savesOnce() throws {
    let trainer = DigitRun.trainer()
    let saved = Notes<Int>()
    trainer.save = { checkpoint in
      saved.list.append(checkpoint.state.step)
      return ""
    }
    trainer.afterEpoch = { $0.epoch == 1 ? .stop : .proceed }
    try trainer.train(on: training, epochs: 3)
    #expect(saved.list == [14, 28])
    // Of a run that has had its epochs, and of one that ends before its first step.
    try trainer.train(on: training, epochs: 2, from: trainer.checkpoint)
    #expect(saved.list == [14, 28])
    trainer.afterEpoch = nil
    try trainer.train(on: training, epochs: 3, from: trainer.checkpoint)
    #expect(saved.list == [14, 28, 42])
  }

  @Test("Other early stopping, by which another epoch is the best, is refused")
  func otherEarlyStopping() throws {
    let network = DigitRun.normalisedNetwork()
    let first = trainer(network, keepsBest: true)
    try first.train(on: training, validation: validation, epochs: 2)
    let checkpoint = try #require(first.checkpoint)
    #expect(checkpoint.state.bestEpoch == 0)
    let second = DigitRun.trainer(network, first.optimizer)
    second.earlyStopping = EarlyStopping(patience: 5)
    #expect(
      throws: TrainingError.otherRun(
        what: "best epoch", found: "1", expected: "2, as early stopping has it now")
    ) {
      try second.train(on: training, validation: validation, epochs: 3, from: checkpoint)
    }
  }

  @Test("Without a checkpoint a second run begins at epoch 0, and its noise goes on")
  func secondRun() throws {
    let trainer = DigitRun.trainer()
    try trainer.train(on: training, epochs: 1)
    let history = try trainer.train(on: training, epochs: 1)
    #expect(history.epochs.map(\.epoch) == [0])
    #expect(history.epochs.map(\.step) == [2 * DigitRun.batches])
  }

  @Test("A checkpoint of another run is refused, and what differs is named")
  func otherRun() throws {
    let trainer = DigitRun.trainer()
    trainer.afterBatch = { _ in .stop }
    try trainer.train(on: training, epochs: 1)
    let checkpoint = try #require(trainer.checkpoint)

    func expectRefusal(
      _ what: String, _ found: String, _ expected: String, _ change: (Trainer<Sequential>) -> Void
    ) {
      let other = DigitRun.trainer(
        trainer.network, trainer.optimizer)
      change(other)
      #expect(throws: TrainingError.otherRun(what: what, found: found, expected: expected)) {
        try other.train(on: training, epochs: 1, from: checkpoint)
      }
    }
    expectRefusal("batch size", "100", "64") { $0.batchSize = 64 }
    expectRefusal("seed of the batches", "0", "3") { $0.shuffleSeed = 3 }
    #expect(
      throws: TrainingError.otherRun(what: "number of rows", found: "1348", expected: "449")
    ) {
      try trainer.train(on: validation, epochs: 1, from: checkpoint)
    }
    #expect(
      throws: TrainingError.otherRun(what: "number of steps", found: "1", expected: "0")
    ) {
      try DigitRun.trainer().train(on: training, epochs: 1, from: checkpoint)
    }
    let otherNoise = Trainer(
      trainer.network, optimizer: trainer.optimizer, noise: NoiseStream(seed: 43))
    otherNoise.batchSize = 100
    #expect(
      throws: TrainingError.otherRun(what: "seed of the noise", found: "42", expected: "43")
    ) {
      try otherNoise.train(on: training, epochs: 1, from: checkpoint)
    }
    #expect(
      "\(TrainingError.otherRun(what: "batch size", found: "100", expected: "64"))"
        == "the checkpoint is of another run: its batch size is 100; expected 64")
  }

  @Test("A state that a file made up, and best values of another network, are refused")
  func malformed() throws {
    let trainer = DigitRun.trainer()
    trainer.afterBatch = { _ in .stop }
    try trainer.train(on: training, epochs: 1)
    let state = try #require(trainer.checkpoint).state
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = String(decoding: try encoder.encode(state), as: UTF8.self)
    for (old, new) in [("\"batch\":1,", "\"batch\":15,"), ("\"epoch\":0,", "\"epoch\":-1,")] {
      #expect(json.contains(old))
      let changed = try JSONDecoder().decode(
        TrainingState.self, from: Data(json.replacing(old, with: new).utf8))
      #expect(throws: TrainingError.self) {
        try trainer.train(on: training, epochs: 1, from: TrainingCheckpoint(state: changed))
      }
    }
    #expect(
      throws: TrainingError.otherRun(
        what: "best epoch",
        found:
          "0.bias [32] is missing, 0.weight has shape [2]; expected [32, 64], 3.bias [10] is missing, 3.weight [10, 32] is missing",
        expected: "the tensors of the network")
    ) {
      try trainer.train(
        on: training, epochs: 1,
        from: TrainingCheckpoint(state: state, best: ["0.weight": Tensor([1, 2])]))
    }
  }
}
