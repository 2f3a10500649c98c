import DitherData
import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers
import TestSupport
import Testing

@Suite("Misuse of the trainer stops the program and is named")
struct TrainerMisuseTests {
  @Test("Settings out of range")
  func settings() async {
    let batchSize = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      DigitRun.trainer().batchSize = 0
    }
    expect(batchSize, says: "Trainer: batchSize is 0; expected at least 1")
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      DigitRun.trainer().rowsAtOnce = 0
    }
    expect(rows, says: "Trainer: rowsAtOnce is 0; expected at least 1")
    let norm = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      DigitRun.trainer().maximumGradientNorm = -1
    }
    expect(norm, says: "Trainer: maximumGradientNorm is -1.0; expected 0 or more")
    let radius = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      DigitRun.trainer().sharpnessRadius = .nan
    }
    expect(radius, says: "Trainer: sharpnessRadius is nan; expected 0 or more")
    let saves = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      DigitRun.trainer().epochsBetweenSaves = 0
    }
    expect(saves, says: "Trainer: epochsBetweenSaves is 0; expected at least 1")
  }

  @Test(
    "A network with batch normalisation, and a batch or a part of one row, before anything is trained"
  )
  func singleRow() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let trainer = DigitRun.trainer(DigitRun.normalisedNetwork())
      trainer.afterBatch = { _ in fatalError("a batch was trained on") }
      try trainer.train(on: DigitRun.data.training.subset(Array(0..<201)), epochs: 1)
    }
    expect(
      result,
      says: "201 rows in batches of 100, of which one row goes alone through the BatchNorm \"1\"")
    let part = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let trainer = DigitRun.trainer(DigitRun.normalisedNetwork())
      trainer.rowsAtOnce = 33
      try trainer.train(on: DigitRun.data.training.subset(Array(0..<200)), epochs: 1)
    }
    expect(part, says: "200 rows in batches of 100, 33 rows at once, of which one row goes alone")
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let trainer = DigitRun.trainer()
      trainer.dropsIncompleteBatch = true
      try trainer.train(on: DigitRun.data.training.subset(Array(0..<99)), epochs: 1)
    }
    expect(
      none, says: "99 rows, and batches of fewer than batchSize, 100, are dropped; expected 100")
    let trainer = DigitRun.trainer(DigitRun.normalisedNetwork())
    trainer.dropsIncompleteBatch = true
    let data = DigitRun.data.training.subset(Array(0..<201))
    let history = try trainer.train(on: data, epochs: 2)
    #expect(history.epochs.map(\.step) == [2, 4])
    #expect(
      data.batches(of: 100, epoch: 0, dropsIncompleteBatch: true).map(\.labels.count) == [100, 100])
  }

  @Test("An optimizer of another network's parameters")
  func otherNetwork() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let optimizer = SGD(DigitRun.network().parameters, learningRate: 1)
      _ = Trainer(DigitRun.network(), optimizer: optimizer, noise: NoiseStream(seed: 1))
    }
    expect(
      result,
      says: "Trainer: none of the optimizer's 4 parameters is one of the network's 4; expected")
  }

  @Test("Fewer than no epochs, and no rows")
  func train() async {
    let epochs = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      try DigitRun.trainer().train(on: DigitRun.data.training, epochs: -1)
    }
    expect(epochs, says: "Trainer.train: epochs is -1; expected 0 or more")
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      try DigitRun.trainer().train(on: DigitRun.data.training.subset([]), epochs: 1)
    }
    expect(rows, says: "Trainer.train: the data \"digits\" have no rows; expected at least one")
    let validation = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      try DigitRun.trainer().train(
        on: DigitRun.data.training, validation: DigitRun.data.test.subset([]), epochs: 1)
    }
    expect(validation, says: "the data \"digits\" have no rows; expected at least one")
  }

  @Test("Early stopping without validation data, on a figure that is not there, and out of range")
  func earlyStopping() async {
    let data = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let trainer = DigitRun.trainer()
      trainer.earlyStopping = EarlyStopping(patience: 1)
      try trainer.train(on: DigitRun.data.training, epochs: 1)
    }
    expect(data, says: "Trainer.train: earlyStopping without validation data")
    let figure = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let trainer = DigitRun.trainer()
      trainer.earlyStopping = EarlyStopping(on: "recall", patience: 1)
      try trainer.train(
        on: DigitRun.data.training, validation: DigitRun.data.test, epochs: 1)
    }
    expect(
      figure,
      says: "EarlyStopping: there is no figure \"recall\"; expected one of [\"loss\", \"accuracy\"]"
    )
    let patience = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = EarlyStopping(patience: 0)
    }
    expect(patience, says: "EarlyStopping: patience is 0; expected at least 1")
    let improvement = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = EarlyStopping(patience: 1, minimumImprovement: -0.5)
    }
    expect(improvement, says: "EarlyStopping: minimumImprovement is -0.5")
  }

  @Test("Two metrics of one name")
  func names() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let trainer = DigitRun.trainer()
      trainer.metrics = [Accuracy(), Accuracy()]
      try trainer.train(on: DigitRun.data.training, epochs: 1)
    }
    expect(
      result,
      says: "Trainer: the metrics' names are [\"accuracy\", \"accuracy\"]; expected each once")
  }
}
