import DitherData
import DitherTensors
import DitherTraining
import Layers
import Testing

/// Gives figures of a list, one an epoch, whatever the outputs: the validation data are one batch.
private struct Scripted: Metric {
  let values: [Double]
  let higherIsBetter: Bool
  private let epochs = Notes<Void>()

  init(_ values: [Double], higherIsBetter: Bool = true) {
    self.values = values
    self.higherIsBetter = higherIsBetter
  }

  var name: String { "scripted" }
  var value: Double { values[epochs.list.count - 1] }
  mutating func add(_ outputs: Tensor, _ labels: [Int]) { epochs.list.append(()) }
}

@Suite("Early stopping")
struct EarlyStoppingTests {
  let data = DigitRun.data.test

  private func run(
    _ metric: Scripted, _ earlyStopping: EarlyStopping?, epochs: Int = 8
  ) throws -> (history: TrainingHistory, bits: [[UInt32]]) {
    let network = DigitRun.network()
    let trainer = DigitRun.trainer(network)
    trainer.batchSize = data.count
    trainer.metrics = [metric]
    trainer.earlyStopping = earlyStopping
    let history = try trainer.train(on: data, validation: data, epochs: epochs)
    return (history, bits(network))
  }

  /// The parameters after so many epochs.
  private func expectedBits(after epochs: Int) throws -> [[UInt32]] {
    try run(Scripted(Array(repeating: 0, count: 8)), nil, epochs: epochs).bits
  }

  @Test(
    "The run ends when the figure has not improved for as many epochs, with the parameters of the best"
  )
  func stops() throws {
    let (history, bits) = try run(
      Scripted([0.1, 0.5, 0.4, 0.5, 0.3, 0.9, 0.9, 0.9]), EarlyStopping(on: "scripted", patience: 3)
    )
    #expect(history.outcome == .stoppedEarly)
    #expect(history.epochs.map { $0.validation["scripted"] } == [0.1, 0.5, 0.4, 0.5, 0.3])
    #expect(history.bestEpoch == 1)
    #expect(try bits == expectedBits(after: 2))
  }

  @Test(
    "Each improvement begins the count anew; a run that had its epochs has the best parameters too")
  func completes() throws {
    let (history, bits) = try run(
      Scripted([0.1, 0.0, 0.0, 0.2, 0.1, 0.3, 0.1, 0.2]), EarlyStopping(on: "scripted", patience: 3)
    )
    #expect(history.outcome == .completed)
    #expect(history.epochs.count == 8)
    #expect(history.bestEpoch == 5)
    #expect(try bits == expectedBits(after: 6))
  }

  @Test("A figure of which less is better, and improvements that are too small")
  func direction() throws {
    let metric = Scripted([1, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4], higherIsBetter: false)
    let (history, _) = try run(
      metric, EarlyStopping(on: "scripted", patience: 2, minimumImprovement: 0.25))
    // 0.9, 0.85 and 0.8 are less than 0.25 better than 1.
    #expect(history.epochs.count == 3)
    #expect(history.bestEpoch == 0)
    let (other, _) = try run(
      Scripted([1, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4]), EarlyStopping(on: "scripted", patience: 2))
    #expect(other.epochs.count == 3 && other.bestEpoch == 0)
  }

  @Test("A figure that is no number is no improvement, and is left out of the records")
  func notFinite() throws {
    let (history, bits) = try run(
      Scripted([.nan, 0.5, .infinity, .nan, 1, 1, 1, 1]), EarlyStopping(on: "scripted", patience: 2)
    )
    #expect(history.epochs.map { $0.validation["scripted"] } == [nil, 0.5, nil, nil])
    #expect(history.bestEpoch == 1)
    #expect(try bits == expectedBits(after: 2))
    let (none, _) = try run(
      Scripted(Array(repeating: .nan, count: 8)), EarlyStopping(on: "scripted", patience: 2))
    #expect(none.outcome == .stoppedEarly && none.epochs.count == 2 && none.bestEpoch == nil)
  }

  @Test(
    "On the validation loss of a network that learns its training data by heart, the best epoch comes before the last"
  )
  func overfits() throws {
    let few = DigitRun.data.training.subset(Array(0..<60))
    let network = DigitRun.network()
    let trainer = DigitRun.trainer(network, learningRate: 0.05)
    trainer.earlyStopping = EarlyStopping(patience: 10)
    let history = try trainer.train(on: few, validation: data, epochs: 500)
    #expect(history.outcome == .stoppedEarly)
    let losses = history.epochs.map { $0.validation["loss"]! }
    let best = try #require(history.bestEpoch)
    #expect(losses[best] == losses.min())
    #expect(history.epochs.count == best + 11)
    #expect(evaluate(network, on: data).loss == losses[best])
  }

  @Test("The buffers of the best epoch come back with its parameters")
  func buffers() throws {
    let network = Sequential(seed: 7) {
      Linear(inputs: 64, outputs: 16)
      BatchNorm(features: 16)
      Linear(inputs: 16, outputs: 10)
    }
    let trainer = DigitRun.trainer(network)
    trainer.metrics = [Scripted([1, 0, 0])]
    trainer.batchSize = data.count
    trainer.earlyStopping = EarlyStopping(on: "scripted", patience: 5)
    let means = Notes<Tensor>()
    trainer.afterEpoch = { _ in
      means.list.append((trainer.network.layers[1] as! BatchNorm).runningMean)
      return .proceed
    }
    let history = try trainer.train(on: data, validation: data, epochs: 3)
    #expect(history.bestEpoch == 0)
    #expect(means.list[0] != means.list[2])
    for network in [trainer.network, network] {
      #expect((network.layers[1] as! BatchNorm).runningMean == means.list[0])
    }
  }
}
