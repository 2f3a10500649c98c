import DitherRobustness
import DitherTensors
import Foundation
import Layers
import NoiseDistributions
import TestSupport
import Testing

@Suite("Saliency")
struct SaliencyTests {
  private let noise = NoiseStream(seed: 51)

  @Test(
    "The input gradient of a linear classifier's logit is its weight; without a class it is that of the answer"
  )
  func linear() {
    let linear = LinearScore(weight: [2, -1, 0.5])
    let x = Tensor(rows: [[1, 0, 0], [-1, 0, 0], [0.5, 0.25, 1]])
    let ones = inputGradients(of: linear, at: x, classes: [1, 1, 1], noise: noise)
    #expect(ones == Tensor(rows: [[2, -1, 0.5], [2, -1, 0.5], [2, -1, 0.5]]))
    #expect(
      inputGradients(of: linear, at: x, classes: [0, 0, 0], noise: noise) == Tensor(zeros: [3, 3]))
    #expect(
      inputGradients(of: linear, at: x, noise: noise)
        == Tensor(rows: [[2, -1, 0.5], [0, 0, 0], [2, -1, 0.5]]))
  }

  @Test("That of a network with a ReLU is W₂·diag(h > 0)·W₁ in double precision")
  func network() {
    let first = Linear(inputs: 6, outputs: 5).initialized(seed: 1)
    let second = Linear(inputs: 5, outputs: 3).initialized(seed: 2)
    let classifier = NetworkClassifier(Sequential([first, ReLU(), second]), inputShape: [6])
    let x = Tensor((0..<12).map { Float($0 % 7) / 3 - 1 }, shape: [2, 6])
    let gradients = inputGradients(of: classifier, at: x, classes: [2, 0], noise: noise)
    let hidden = first(x)
    for (row, label) in [2, 0].enumerated() {
      for column in 0..<6 {
        let expected = (0..<5).filter { hidden[row, $0] > 0 }.reduce(0.0) { sum, unit in
          sum + Double(second.weight.value[label, unit]) * Double(first.weight.value[unit, column])
        }
        #expect(abs(Double(gradients[row, column]) - expected) < 1e-6)
      }
    }
  }

  @Test("Of a classifier with noise it is the mean over its draws")
  func sampled() {
    let classifier = NoisyScore(weight: [1, 2], standardDeviation: 2)
    let x = Tensor(rows: [[0, 0], [1, 1]])
    let gradient = inputGradients(
      of: classifier, at: x, classes: [1, 1], mode: .sampled(draws: 5), noise: noise)
    let expected = (5..<10).map { classifier.weights(noise.at(step: $0), rows: 2) }
      .reduce(Tensor(zeros: [2, 2]), +)
    #expect(gradient.isApproximatelyEqual(to: expected / 5, absoluteTolerance: 1e-6))
  }

  /// relu(x₀) as the logit of class 1, of two numbers.
  private let relu = NetworkClassifier(
    Sequential([
      Linear(weight: Tensor(rows: [[1, 0]]), bias: nil), ReLU(),
      Linear(weight: Tensor(rows: [[0], [1]]), bias: nil),
    ]), inputShape: [2])

  @Test(
    "SmoothGrad of a ReLU is Φ(x / σ), its variance Φ·(1 − Φ)",
    arguments: [SmoothGrad.Deviation.absolute(0.5), .relativeToRange(0.25)])
  func smoothed(deviation: SmoothGrad.Deviation) {
    // The range of a row is 2, so that both deviations are 0.5.
    let rows = 400
    let x = Tensor(rows: [[0.5, -1.5]]).rows(at: Array(repeating: 0, count: rows))
    let map = SmoothGrad(deviation: deviation, samples: 25).map(
      of: relu, at: x, classes: Array(repeating: 1, count: rows), noise: noise)
    let p = erfc(-1 / 2.0.squareRoot()) / 2
    let (mean, variance) = (map.mean.sum(axis: 0), map.variance.sum(axis: 0))
    // Of 10,000 draws.
    let threshold = Threshold.mean(
      count: 25 * rows, variance: p * (1 - p), bound: 1, rate: Threshold.failureRate)
    #expect(abs(Double(mean[0]) / Double(rows) - p) < threshold)
    // Unbiased; of 400 variances from 0 to 25/96, by Hoeffding's inequality.
    let bound = 25.0 / 96 * (log(2e9) / Double(2 * rows)).squareRoot()
    #expect(abs(Double(variance[0]) / Double(rows) - p * (1 - p)) < bound)
    #expect(mean[1] == 0 && variance[1] == 0)
    // Each row and each copy has draws of its own: a mean takes values in steps of 1/25.
    #expect(Set(map.mean.scalars).count > 5)
  }

  @Test(
    "Mean and variance are those of the gradients, over n − 1: without noise on the input they are the classifier's own draws'"
  )
  func welford() {
    let classifier = NoisyScore(weight: [1, 2], standardDeviation: 2)
    let x = Tensor(rows: [[0.5, 0.25]])
    let map = SmoothGrad(deviation: .absolute(0), samples: 6).map(
      of: classifier, at: x, classes: [1], mode: .sampled(draws: 1), noise: noise)
    let gradients = (1...6).map { classifier.weights(noise.at(step: $0), rows: 1).scalars }
    for column in 0..<2 {
      let values = gradients.map { Double($0[column]) }
      let mean = values.reduce(0, +) / 6
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5
      #expect(abs(Double(map.mean[0, column]) - mean) < 1e-5)
      #expect(abs(Double(map.variance[0, column]) - variance) < 1e-5 * variance)
    }
  }

  @Test("Bits depend neither on threads and instruction set nor on how the rows are split")
  func bits() {
    let x = TrainedDigits.test.inputs.rows(0..<12)
    func map(_ range: Range<Int>) -> (mean: [Float], variance: [Float]) {
      let map = SmoothGrad(deviation: .relativeToRange(0.15), samples: 5).map(
        of: TrainedDigits.noisy, at: x.rows(range), mode: .sampled(draws: 2),
        noise: noise.rows(from: range.lowerBound))
      return (map.mean.scalars, map.variance.scalars)
    }
    let whole = expectSameBits(of: { map(0..<12).mean + map(0..<12).variance })
    let (one, two) = (map(0..<5), map(5..<12))
    #expect(sameBits(one.mean + two.mean + one.variance + two.variance, whole))
  }
}
