import DitherData
import DitherRuntime
import DitherTensors
import DitherTraining
import Foundation
import Layers
import NoiseDistributions
import Optimizers
import TestSupport
import Testing

/// Makes batches of too few rows.
private struct Short: BatchSource {
  var batchesAhead = 1
  var name: String { "short" }
  var count: Int { 200 }

  func batch(of rows: [Int], epoch: Int, number: Int) -> Batch {
    DigitRun.data.training.batch(of: Array(rows.dropLast(number)), epoch: epoch, number: number)
  }
}

@Suite("Training on batches that are prepared in the background")
struct PreparedDataTests {
  let validation = DigitRun.data.test

  /// Trains for three epochs, or what is left of them.
  private func run(
    on source: some BatchSource, _ change: (Trainer<Sequential>) -> Void = { _ in }
  ) throws -> (bits: [[UInt32]], figures: [Figures]) {
    let network = DigitRun.normalisedNetwork()
    let trainer = DigitRun.trainer(network)
    change(trainer)
    let history = try trainer.train(on: source, validation: validation, epochs: 3)
    return (bits(network), history.epochs.map(Figures.init))
  }

  @Test(
    "Where the batches are equal, the bits are those of the data in memory",
    arguments: [0, 1, 3, 100])
  func sameAsInMemory(ahead: Int) throws {
    let expected = try run(on: DigitRun.data.training)
    let source = NoisyDigits(standardDeviation: 0, batchesAhead: ahead)
    let found = try run(on: source)
    #expect(found.bits == expected.bits && found.figures == expected.figures)
    #expect(source.work.begun == Array(0..<42))
  }

  @Test("With noise that is another in each epoch a step is what one would write by hand")
  func byHand() throws {
    let found = try run(on: NoisyDigits())
    let network = DigitRun.normalisedNetwork()
    let optimizer = AdamW(network.parameters, learningRate: 5e-3)
    for epoch in 0..<3 {
      for (place, batch) in DigitRun.data.training.batches(of: 100, epoch: epoch).enumerated() {
        let rows = batch.labels.count
        let draws = NoiseStream(seed: 5).at(step: epoch * 14 + place).draws(
          from: Gaussian(standardDeviation: 0.2), site: "augmentation", rows: rows, columns: 64)
        let (logits, pullback) = network.forward(
          batch.inputs + Tensor(draws, shape: [rows, 64]),
          .training(NoiseStream(seed: 42).at(step: optimizer.stepCount)))
        pullback(crossEntropy(logits, batch.labels).gradient)
        optimizer.step()
      }
    }
    #expect(found.bits == bits(network))
  }

  @Test("Neither timing, nor how many are ahead, nor threads, nor the instruction set change a bit")
  func timing() throws {
    let expected = try run(on: NoisyDigits(batchesAhead: 0))
    for ahead in [1, 4] {
      let found = try run(on: NoisyDigits(batchesAhead: ahead, isSlow: true)) { trainer in
        trainer.afterBatch = { report in
          usleep(UInt32(report.step * 3 % 4) * 1000)
          return .proceed
        }
      }
      #expect(found.bits == expected.bits && found.figures == expected.figures)
    }
    let two = try withThreads(2) { try run(on: NoisyDigits()) }
    let scalar = try withInstructionSet(InstructionSet(named: "scalar")!) {
      try run(on: NoisyDigits())
    }
    #expect(two.bits == expected.bits && scalar.bits == expected.bits)
  }

  @Test(
    "A run that goes on from any batch ends with the same bits, and makes none that was trained on",
    arguments: [1, 13, 14, 15, 20])
  func resumes(steps: Int) throws {
    let expected = try run(on: NoisyDigits())
    let first = DigitRun.normalisedNetwork()
    let stopped = DigitRun.trainer(first)
    stopped.afterBatch = { $0.step == steps - 1 ? .stop : .proceed }
    try stopped.train(on: NoisyDigits(batchesAhead: 3), validation: validation, epochs: 3)
    let checkpoint = try #require(stopped.checkpoint)

    var second = DigitRun.normalisedNetwork()
    let resumed = DigitRun.trainer(second)
    try Checkpoint(of: first, optimizer: stopped.optimizer, step: steps)
      .restore(to: &second, optimizer: resumed.optimizer)
    let source = NoisyDigits()
    let history = try resumed.train(
      on: source, validation: validation, epochs: 3, from: checkpoint)
    #expect(bits(second) == expected.bits)
    #expect(history.epochs.map(Figures.init) == expected.figures)
    #expect(source.work.begun == Array(steps..<42))
  }

  @Test(
    "An error of the data is thrown as it is when the batch's turn comes; what was done is saved, and can be gone on from",
    arguments: [0, 3])
  func fails(ahead: Int) throws {
    let expected = try run(on: NoisyDigits())
    let network = DigitRun.normalisedNetwork()
    let trainer = DigitRun.trainer(network)
    let saved = Notes<Int>()
    trainer.save = { checkpoint in
      saved.list.append(checkpoint.state.step)
      return ""
    }
    let source = NoisyDigits(batchesAhead: ahead, failing: 17)
    #expect(throws: NoisyDigits.Unreadable(number: 17)) {
      try trainer.train(on: source, validation: validation, epochs: 3)
    }
    #expect(source.work.inWork == 0)
    #expect(trainer.checkpoint?.state.step == 17 && trainer.optimizer.stepCount == 17)
    #expect(saved.list == [14, 17])
    #expect(network.parameters.allSatisfy { !$0.hasGradient })
    try trainer.train(
      on: NoisyDigits(), validation: validation, epochs: 3, from: trainer.checkpoint)
    #expect(bits(network) == expected.bits)
  }

  @Test("However a run ends, no batch is in work then, and none is begun after it")
  func stops() throws {
    struct Enough: Error {}
    func expectStopped(_ change: (Trainer<Sequential>) -> Void) {
      let source = NoisyDigits(batchesAhead: 4, isSlow: true)
      let trainer = DigitRun.trainer()
      change(trainer)
      _ = try? trainer.train(on: source, epochs: 2)
      #expect(trainer.optimizer.stepCount == 6)
      let begun = source.work.begun
      #expect(source.work.inWork == 0 && begun.count <= 11)
      usleep(20_000)
      #expect(source.work.begun == begun)
    }
    expectStopped { $0.afterBatch = { $0.step == 5 ? .stop : .proceed } }
    expectStopped { trainer in
      trainer.beforeStep = { parameters in
        if trainer.optimizer.stepCount == 6 {
          parameters[0].addToGradient(Tensor(repeating: .nan, shape: parameters[0].shape))
        }
      }
    }
  }

  @Test(
    "Waveforms with noise at a ratio of their own in each epoch become log-mel features on the way, and are learned"
  )
  func waveforms() throws {
    func run(ahead: Int) throws -> (bits: [[UInt32]], accuracy: Double) {
      let source = NoisyTones(batchesAhead: ahead)
      let network = Sequential(seed: 7) {
        Linear(inputs: source.features.filters, outputs: 16)
        ReLU()
        Linear(inputs: 16, outputs: NoisyTones.classes)
      }
      let trainer = DigitRun.trainer(network, AdamW(network.parameters, learningRate: 0.01))
      trainer.batchSize = 16
      try trainer.train(on: source, epochs: 30)
      return (bits(network), evaluate(network, on: source.unseen).accuracy)
    }
    let found = try run(ahead: 2)
    // By chance a third is right: tones of three pitches are told apart by their filters.
    #expect(found.accuracy > 0.95)
    #expect(try run(ahead: 0).bits == found.bits)
  }

  @Test(
    "A batch of fewer rows than were asked for, and a negative number of batches ahead, stop the program"
  )
  func misuse() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        try DigitRun.trainer().train(on: Short(), epochs: 1)
      },
      says: "BatchSource \"short\": batch 1 of epoch 0 has 99 rows; expected the 100 asked for")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        try DigitRun.trainer().train(on: Short(batchesAhead: -1), epochs: 1)
      }, says: "BatchSource \"short\": batchesAhead is -1; expected 0 or more")
  }
}
