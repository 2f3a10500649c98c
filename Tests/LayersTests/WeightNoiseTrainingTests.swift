import DitherTensors
import Layers
import NoiseDistributions
import Optimizers
import TestSupport
import Testing

/// Some steps of training with noise on weights, biases and gradients; a batch is computed in parts where there are several.
private func train(parts: [Range<Int>]) -> [Float] {
  let model = Sequential(seed: 1) {
    Linear(inputs: 8, outputs: 40)
      .noise(.multiplying(LogNormal.unitMean(logStandardDeviation: 0.3)), on: .weight)
      .noise(.dropout(rate: 0.2), on: .weight)
      .noise(.dropout(rate: 0.2), on: .bias)
    GELU()
    FlipoutLinear(inputs: 40, outputs: 20, standardDeviation: 0.1)
    Tanh()
    LocalReparameterizationLinear(inputs: 20, outputs: 35, standardDeviation: 0.1)
    ReLU()
    NoisyLinear(inputs: 35, outputs: 5)
  }
  let optimizer = AdamW(
    model.parameters, learningRate: 1e-2,
    gradientNoise: GradientNoise(
      .adding(Gaussian(standardDeviation: 1e-3)), from: NoiseStream(seed: 3)))
  let noise = NoiseStream(seed: 2)
  for step in 0..<12 {
    let x = gaussians([50, 8], seed: UInt64(100 + step))
    let labels = (0..<50).map { ($0 + step) % 5 }
    for part in parts {
      let stream = noise.at(step: optimizer.stepCount).rows(from: part.lowerBound)
      let (logits, pullback) = model.forward(x.rows(part), .training(stream))
      pullback(crossEntropy(logits, Array(labels[part]), count: 50).gradient)
    }
    clipGradients(of: optimizer.parameters, maximumNorm: 0.5)
    optimizer.step()
  }
  return model.parameters.flatMap { $0.value.scalars }
}

@Suite("The same run with noise on weights and gradients gives the same bits")
struct WeightNoiseTrainingTests {
  /// A hash of the weights that come out.
  static let golden = "1210565c098959f8"

  @Test("On every instruction set, on 1, 2 and 3 threads, and in parts of a batch")
  func training() {
    let expected = expectSameBits(of: { train(parts: [0..<50]) })
    #expect(expected.allSatisfy { $0.isFinite })
    #expect(hash(expected) == WeightNoiseTrainingTests.golden)
    for parts in [[0..<1, 1..<50], [0..<17, 17..<20, 20..<47, 47..<50]] {
      #expect(sameBits(train(parts: parts), expected), "\(parts)")
    }
  }
}
