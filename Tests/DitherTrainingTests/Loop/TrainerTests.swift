import DitherData
import DitherRuntime
import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers
import Testing

@Suite("Training")
struct TrainerTests {
  let training = DigitRun.data.training
  let validation = DigitRun.data.test

  @Test(
    "Twenty epochs on the digits, with noise and dropout, give an accuracy above 95 % on digits not seen"
  )
  func learns() throws {
    let network = DigitRun.network()
    let trainer = DigitRun.trainer(network)
    let before = evaluate(network, on: validation).accuracy
    let history = try trainer.train(on: training, validation: validation, epochs: 20)
    #expect(history.outcome == .completed)
    #expect(history.bestEpoch == nil)
    #expect(history.epochs.map(\.epoch) == Array(0..<20))
    #expect(history.epochs.map(\.step) == (1...20).map { $0 * DigitRun.batches })
    let result = evaluate(network, on: validation)
    #expect(before < 0.3)
    #expect(result.accuracy > 0.95)
    #expect(history.epochs.last!.validation["accuracy"] == result.accuracy)
    #expect(history.epochs.last!.validation["loss"] == result.loss)
    #expect(history.epochs.last!.loss < history.epochs[0].loss / 4)
    #expect(trainer.optimizer.stepCount == 20 * DigitRun.batches)
  }

  @Test("A step is what one would write by hand")
  func byHand() throws {
    let network = DigitRun.network()
    try DigitRun.trainer(network).train(on: training, epochs: 2)
    let other = DigitRun.network()
    let optimizer = AdamW(other.parameters, learningRate: 5e-3)
    let noise = NoiseStream(seed: 42)
    for epoch in 0..<2 {
      for batch in training.batches(of: 100, epoch: epoch) {
        let (logits, pullback) = other.forward(
          batch.inputs, .training(noise.at(step: optimizer.stepCount)))
        pullback(crossEntropy(logits, batch.labels).gradient)
        optimizer.step()
      }
    }
    #expect(bits(network) == bits(other))
  }

  @Test("The number of threads and the instruction set change no bit")
  func threads() throws {
    func run() throws -> (bits: [[UInt32]], figures: [Figures]) {
      let network = DigitRun.network()
      let history = try DigitRun.trainer(network).train(
        on: training, validation: validation, epochs: 2)
      return (bits(network), history.epochs.map(Figures.init))
    }
    let one = try withThreads(1) { try run() }
    let two = try withThreads(2) { try run() }
    let scalar = try withInstructionSet(InstructionSet(named: "scalar")!) { try run() }
    #expect(one.bits == two.bits && one.figures == two.figures)
    #expect(one.bits == scalar.bits && one.figures == scalar.figures)
  }

  @Test("The optimizer's schedule is followed, and recorded")
  func schedule() throws {
    let network = DigitRun.network()
    let trainer = DigitRun.trainer(network)
    trainer.optimizer.learningRateSchedule = .linear(from: 1e-3, to: 0, over: 28)
    let rates = Notes<Double>()
    trainer.afterBatch = { report in
      rates.list.append(report.learningRate)
      return .proceed
    }
    let history = try trainer.train(on: training, epochs: 2)
    let expected = (0..<28).map { (step: Int) -> Double in 1e-3 - 1e-3 * (Double(step) / 28) }
    #expect(rates.list == expected)
    #expect(history.epochs.map(\.learningRate) == [rates.list[13], rates.list[27]])
  }

  @Test("Parameters that the optimizer does not have stay, and keep no gradient")
  func frozenLayers() throws {
    let network = DigitRun.network()
    let before = bits(network)
    let optimizer = AdamW(network.layers[3].parameters)
    try DigitRun.trainer(network, optimizer).train(on: training, epochs: 1)
    let after = bits(network)
    #expect(after[..<2] == before[..<2])
    #expect(after[2] != before[2] && after[3] != before[3])
    #expect(network.parameters.allSatisfy { !$0.hasGradient })
  }

  @Test("A loss of one's own trains a regression, its labels naming the rows of the targets")
  func regression() throws {
    // y = x·Aᵀ, from which the weight A comes back.
    let inputs = NoiseStream(seed: 1).draws(
      from: Gaussian(standardDeviation: 1), site: "x", rows: 64, columns: 3)
    let x = Tensor(inputs, shape: [64, 3])
    let weight = Tensor(rows: [[1, -2, 0.5], [0, 3, -1]])
    let targets = x.matmul(weight.transposed())
    let data = LabelledData(inputs: x, labels: Array(0..<64), classes: 64, name: "rows")
    let network = Sequential(seed: 7) { Linear(inputs: 3, outputs: 2, bias: false) }
    let trainer = DigitRun.trainer(network, SGD(network.parameters, learningRate: 0.3)) {
      outputs, rows, count in
      meanSquaredError(outputs, targets.rows(at: rows), count: count)
    }
    try trainer.train(on: data, epochs: 200)
    // The error shrinks by a constant factor a step, below a tenth for the slowest of such well-spread inputs.
    #expect(network.parameters[0].value.isApproximatelyEqual(to: weight, absoluteTolerance: 1e-4))
  }

  @Test("A callback at the end of an epoch ends the run there")
  func epochCallback() throws {
    let trainer = DigitRun.trainer()
    trainer.afterEpoch = { $0.epoch == 1 ? .stop : .proceed }
    let history = try trainer.train(on: training, epochs: 5)
    #expect(history.outcome == .stoppedByCallback)
    #expect(history.epochs.count == 2)
    #expect(history.epochs.allSatisfy { $0.validation.isEmpty && $0.seconds > 0 })
    #expect(trainer.checkpoint?.state.epoch == 2)
  }
}
