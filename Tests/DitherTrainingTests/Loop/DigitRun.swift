import DitherData
import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers

/// A run on the embedded digits that the tests of the loop have in common: 1,348 rows in 14 batches an epoch.
enum DigitRun {
  static let data = try! Digits.load().stratifiedSplit(testFraction: 0.25, seed: 0)
  static let batches = 14

  static func network() -> Sequential {
    Sequential(seed: 7) {
      Linear(inputs: 64, outputs: 32).noise(.adding(Gaussian(standardDeviation: 0.1)), on: .input)
      ReLU()
      Dropout(rate: 0.1)
      Linear(inputs: 32, outputs: 10)
    }
  }

  /// One whose batches change buffers.
  static func normalisedNetwork() -> Sequential {
    Sequential(seed: 7) {
      Linear(inputs: 64, outputs: 32).noise(.adding(Gaussian(standardDeviation: 0.1)), on: .input)
      BatchNorm(features: 32)
      ReLU()
      Linear(inputs: 32, outputs: 10)
    }
  }

  static func trainer(
    _ network: Sequential = network(), learningRate: Double = 5e-3
  ) -> Trainer<Sequential> {
    trainer(network, AdamW(network.parameters, learningRate: learningRate))
  }

  static func trainer(
    _ network: Sequential, _ optimizer: any Optimizer,
    loss: @escaping TrainingLoss = { crossEntropy($0, $1, count: $2) }
  ) -> Trainer<Sequential> {
    let trainer = Trainer(
      network, optimizer: optimizer, noise: NoiseStream(seed: 42), loss: loss)
    trainer.batchSize = 100
    trainer.showsProgress = false
    return trainer
  }
}

/// The bits of every parameter, then of every buffer.
func bits(_ network: some Layer) -> [[UInt32]] {
  var tensors = network.parameters.map(\.value)
  var visitor = LayerVisitor(parameter: { $1 }) { _, buffer in
    tensors.append(buffer)
    return buffer
  }
  var network = network
  network.visit(&visitor)
  return tensors.map { $0.scalars.map(\.bitPattern) }
}

/// A record without the time it took.
struct Figures: Equatable {
  var epoch: Int
  var step: Int
  var learningRate: Double
  var loss: Double
  var validation: [String: Double]

  init(_ record: EpochRecord) {
    (epoch, step, learningRate) = (record.epoch, record.step, record.learningRate)
    (loss, validation) = (record.loss, record.validation)
  }
}

/// The mean loss as if a greater one were better: its best epoch is an early one.
struct WorstLoss: Metric {
  private var mean = MeanLoss()
  var name: String { "worst loss" }
  var higherIsBetter: Bool { true }
  var value: Double { mean.value }
  mutating func add(_ outputs: Tensor, _ labels: [Int]) { mean.add(outputs, labels) }
}

/// What a closure has gathered.
final class Notes<Element> {
  var list: [Element] = []
}
