import DitherTensors
import Foundation
import Layers
import Testing

@Suite("Losses")
struct LossTests {
  private func crossEntropyReference(_ logits: Matrix, _ labels: [Int]) -> Double {
    (0..<logits.rows).reduce(0.0) { sum, row in
      let greatest = (0..<logits.columns).map { logits[row, $0] }.max()!
      let exponentials = (0..<logits.columns).reduce(0.0) {
        $0 + Foundation.exp(logits[row, $1] - greatest)
      }
      return sum + greatest + Foundation.log(exponentials) - logits[row, labels[row]]
    } / Double(logits.rows)
  }

  @Test("Cross-entropy and its gradient agree with a double-precision reference")
  func crossEntropyValues() {
    for (rows, classes, scale) in [(1, 1, Float(1)), (3, 2, 1), (7, 33, 5), (40, 10, 20)] {
      let logits = gaussians([rows, classes], seed: 1, scale: scale)
      let labels = (0..<rows).map { ($0 * 7 + 3) % classes }
      let (loss, gradient) = crossEntropy(logits, labels)
      let expected = crossEntropyReference(Matrix(logits), labels)
      #expect(abs(Double(loss) - expected) <= 1e-6 * (1 + expected))
      expectGradients(
        [("logits", gradient)], of: { crossEntropyReference($0[0], labels) }, at: [Matrix(logits)])
    }
  }

  @Test("Cross-entropy of large logits is finite where the true one is")
  func largeLogits() {
    let logits = Tensor(rows: [[1000, 0], [-1000, -1001], [3e38, -3e38]])
    let (loss, gradient) = crossEntropy(logits, [0, 1, 0])
    #expect(abs(Double(loss) - (1 + Foundation.log(1 + Foundation.exp(-1.0))) / 3) < 1e-6)
    #expect(gradient.scalars.allSatisfy { $0.isFinite })
  }

  @Test("Mean squared error and its gradient agree with a double-precision reference")
  func meanSquaredErrorValues() {
    for shape in [[1], [1, 1], [6, 5], [50, 3], [4, 3, 2]] {
      let predictions = gaussians(shape, seed: 1)
      let targets = gaussians(shape, seed: 2)
      let (loss, gradient) = meanSquaredError(predictions, targets)
      func reference(_ values: [Double]) -> Double {
        zip(values, targets.scalars).reduce(0.0) {
          $0 + ($1.0 - Double($1.1)) * ($1.0 - Double($1.1))
        }
          / Double(values.count)
      }
      let expected = reference(predictions.scalars.map(Double.init))
      #expect(abs(Double(loss) - expected) <= 1e-6 * expected)
      #expect(gradient.shape == shape)
      let exact = zip(predictions.scalars, targets.scalars).map {
        2 * (Double($0) - Double($1)) / Double(predictions.count)
      }
      expectClose(gradient, exact, tolerance: 1e-7)
    }
  }

  @Test("The parts of a batch have the whole's gradient to the bit, and losses that add up to its")
  func parts() {
    let logits = gaussians([23, 5], seed: 1)
    let labels = (0..<23).map { $0 % 5 }
    let targets = gaussians([23, 5], seed: 2)
    let whole = crossEntropy(logits, labels)
    let wholeSquared = meanSquaredError(logits, targets)
    var losses: (Float, Float) = (0, 0)
    for range in [0..<7, 7..<8, 8..<23] {
      let part = crossEntropy(logits.rows(range), Array(labels[range]), count: 23)
      #expect(bits(part.gradient) == bits(whole.gradient.rows(range)))
      let squared = meanSquaredError(logits.rows(range), targets.rows(range), count: 23)
      #expect(bits(squared.gradient) == bits(wholeSquared.gradient.rows(range)))
      losses = (losses.0 + part.loss, losses.1 + squared.loss)
    }
    #expect(abs(losses.0 - whole.loss) < 1e-6)
    #expect(abs(losses.1 - wholeSquared.loss) < 1e-6)
  }
}
