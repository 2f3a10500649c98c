import DitherData
import DitherTraining
import Layers
import Optimizers

/// A network at the end of its training.
struct TrainedNetwork {
  let network: Sequential
  let optimizer: SGD
  let seed: UInt64

  /// The percentage of wrong answers, without noise.
  func error(on data: LabelledData) -> Double {
    let accuracy = evaluate(network, on: data, by: Accuracy())
    return 100 * Double(accuracy.rows - accuracy.correct) / Double(accuracy.rows)
  }
}
