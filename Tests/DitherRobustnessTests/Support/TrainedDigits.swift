import DitherData
import DitherRobustness
import Layers
import NoiseDistributions
import Optimizers

/// Networks trained on the embedded digits that the tests of attacks and certificates have in common.
enum TrainedDigits {
  static let data = try! Digits.load().stratifiedSplit(testFraction: 0.25, seed: 0)
  /// A part of the test rows.
  static let test = data.test.subset(Array(0..<100))
  /// Of the noise that the noisy network is trained with.
  static let standardDeviation: Float = 0.25

  /// Trained without noise.
  static let plain = NetworkClassifier(trained(noise: nil), inputShape: [64])
  /// Trained with Gaussian noise on its input, which it has at sampling too.
  static let noisy = NetworkClassifier(trained(noise: standardDeviation), inputShape: [64])

  private static func trained(noise: Float?) -> Sequential {
    var first = Linear(inputs: 64, outputs: 64, initializer: .heUniform)
    if let noise {
      first = first.noise(.adding(Gaussian(standardDeviation: noise)), on: .input)
    }
    let network = Sequential([first, ReLU(), Linear(inputs: 64, outputs: 10)])
      .initialized(seed: 7)
    let optimizer = AdamW(network.parameters, learningRate: 5e-3)
    let stream = NoiseStream(seed: 42)
    for epoch in 0..<12 {
      for batch in data.training.batches(of: 100, epoch: epoch) {
        let pass = Pass.training(stream.at(step: optimizer.stepCount))
        let (logits, pullback) = network.forward(batch.inputs, pass)
        pullback(crossEntropy(logits, batch.labels).gradient)
        optimizer.step()
      }
    }
    return network
  }
}
