import DitherData
import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers
import Testing

@Suite("A step of the trainer: parts of a batch, gradients, sharpness")
struct TrainerStepTests {
  let training = DigitRun.data.training

  @Test(
    "Batches in parts give the bits of whole batches, clipped or not", arguments: [1, 7, 50, 99])
  func parts(rowsAtOnce: Int) throws {
    for maximumNorm in [nil, 0.5] {
      func run(_ rowsAtOnce: Int?) throws -> [[UInt32]] {
        let network = DigitRun.network()
        let trainer = DigitRun.trainer(network)
        trainer.rowsAtOnce = rowsAtOnce
        trainer.maximumGradientNorm = maximumNorm
        trainer.afterBatch = { $0.step == 4 ? .stop : .proceed }
        try trainer.train(on: training, epochs: 1)
        return bits(network)
      }
      #expect(try run(rowsAtOnce) == run(nil))
    }
  }

  @Test("Clipping bounds the gradient, and the report has its norm before")
  func clipping() throws {
    let network = DigitRun.network()
    let trainer = DigitRun.trainer(network, SGD(network.parameters, learningRate: 1))
    let reports = Notes<BatchReport>()
    trainer.maximumGradientNorm = 1e-3
    trainer.afterBatch = { report in
      reports.list.append(report)
      return .proceed
    }
    let before = network.parameters.map(\.value)
    try trainer.train(on: training, epochs: 1)
    // With a learning rate of 1 a step is as long as its gradient.
    let moved = zip(network.parameters, before).reduce(0) {
      $0 + ($1.0.value - $1.1).sumOfSquares()
    }
    #expect(moved.squareRoot() < 1e-3 * Double(DigitRun.batches))
    #expect(reports.list.count == DigitRun.batches)
    for (index, report) in reports.list.enumerated() {
      #expect(report.batch == index && report.step == index && report.epoch == 0)
      #expect(report.batches == DigitRun.batches && report.learningRate == 1)
      #expect(report.gradientNorm > 1e-2)
      // The logarithm of ten classes is the loss of one who knows nothing.
      #expect(abs(report.loss - 2.3) < 0.4)
    }
  }

  @Test("Gradients may be changed before a step: without them nothing moves")
  func hook() throws {
    let network = DigitRun.network()
    let trainer = DigitRun.trainer(network, SGD(network.parameters, learningRate: 1))
    let before = bits(network)
    trainer.beforeStep = { parameters in parameters.forEach { $0.clearGradient() } }
    try trainer.train(on: training, epochs: 1)
    #expect(bits(network) == before)
    #expect(trainer.optimizer.stepCount == DigitRun.batches)
  }

  @Test("Sharpness-aware steps are those of the optimizer, with the same noise in both passes")
  func sharpnessAware() throws {
    let network = DigitRun.network()
    let trainer = DigitRun.trainer(network)
    trainer.sharpnessRadius = 0.1
    trainer.afterBatch = { $0.step == 2 ? .stop : .proceed }
    try trainer.train(on: training, epochs: 1)
    let other = DigitRun.network()
    let optimizer = AdamW(other.parameters, learningRate: 5e-3)
    for batch in training.batches(of: 100, epoch: 0).prefix(3) {
      let pass = Pass.training(NoiseStream(seed: 42).at(step: optimizer.stepCount))
      func addGradients() {
        let (logits, pullback) = other.forward(batch.inputs, pass)
        pullback(crossEntropy(logits, batch.labels).gradient)
      }
      addGradients()
      optimizer.sharpnessAwareStep(radius: 0.1) { addGradients() }
    }
    #expect(bits(network) == bits(other))
  }
}
