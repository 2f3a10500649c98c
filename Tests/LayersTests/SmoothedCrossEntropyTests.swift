import DitherTensors
import Foundation
import Layers
import TestSupport
import Testing

@Suite("Cross-entropy with class weights and smoothed labels")
struct SmoothedCrossEntropyTests {
  private func smoothedReference(
    _ logits: Matrix, _ labels: [Int], weights: [Float], smoothing: Double
  ) -> Double {
    (0..<logits.rows).reduce(0.0) { sum, row in
      let exponentials = (0..<logits.columns).map { Foundation.exp(logits[row, $0]) }
      let logSum = Foundation.log(exponentials.reduce(0, +))
      return sum
        + (0..<logits.columns).reduce(0.0) { partial, column in
          let share = smoothing / Double(logits.columns)
          let target = (labels[row] == column ? 1 - smoothing : 0) + share
          return partial + Double(weights[column]) * target * (logSum - logits[row, column])
        }
    } / Double(logits.rows)
  }

  @Test("Weighted and smoothed cross-entropy agree with a double-precision reference")
  func smoothed() {
    for (rows, classes) in [(1, 1), (3, 2), (7, 33), (40, 10)] {
      let logits = gaussians([rows, classes], seed: 1, scale: 3)
      let labels = (0..<rows).map { ($0 * 7 + 3) % classes }
      let weights = gaussians([classes], seed: 5).absolute().scalars
      let settings: [(Float, [Float]?)] = [
        (0.25, nil), (0, weights), (0.125, weights), (1, weights),
      ]
      for (smoothing, weights) in settings {
        let (loss, gradient) = crossEntropy(
          logits, labels, classWeights: weights, labelSmoothing: smoothing)
        func reference(_ arguments: [Matrix]) -> Double {
          smoothedReference(
            arguments[0], labels, weights: weights ?? Array(repeating: 1, count: classes),
            smoothing: Double(smoothing))
        }
        let expected = reference([Matrix(logits)])
        #expect(abs(Double(loss) - expected) <= 2e-6 * (1 + expected))
        expectGradients([("logits", gradient)], of: reference, at: [Matrix(logits)])
      }
    }
  }

  @Test("Weights of 1 without smoothing are the plain loss; a class of weight 0 adds nothing")
  func limits() {
    let logits = gaussians([12, 5], seed: 1, scale: 2)
    let labels = (0..<12).map { $0 % 5 }
    let plain = crossEntropy(logits, labels)
    let ones = crossEntropy(logits, labels, classWeights: [1, 1, 1, 1, 1])
    #expect(abs(plain.loss - ones.loss) < 1e-6)
    #expect(plain.gradient.isApproximatelyEqual(to: ones.gradient, absoluteTolerance: 1e-7))
    let none = crossEntropy(
      logits, [Int](repeating: 2, count: 12), classWeights: [1, 1, 0, 1, 1])
    #expect(none.loss == 0 && none.gradient.scalars.allSatisfy { $0 == 0 })
    // A class that is impossible and of no weight is no obstacle to smoothing.
    let excluded = crossEntropy(
      Tensor(rows: [[1, 2, -.infinity]]), [1], classWeights: [1, 1, 0], labelSmoothing: 0.5)
    #expect(excluded.loss.isFinite && excluded.gradient.scalars.allSatisfy { $0.isFinite })
  }

  @Test("Logits of more axes have a label for each row, in the order of memory")
  func leadingAxes() {
    let logits = gaussians([24, 5], seed: 1)
    let labels = (0..<24).map { $0 % 5 }
    let matrix = crossEntropy(logits, labels)
    let sequences = crossEntropy(logits.reshaped(to: [4, 6, 5]), labels)
    #expect(matrix.loss == sequences.loss && sequences.gradient.shape == [4, 6, 5])
    #expect(bits(matrix.gradient) == bits(sequences.gradient))
  }

  @Test("Parts of sequences count the samples of the whole, and no moments")
  func partsOfSequences() {
    let logits = gaussians([6, 4, 5], seed: 1)
    let labels = (0..<24).map { $0 % 5 }
    let whole = crossEntropy(logits, labels)
    #expect(crossEntropy(logits, labels, count: 6).loss == whole.loss)
    var sum: Float = 0
    for samples in [0..<1, 1..<4, 4..<6] {
      let part = crossEntropy(
        logits.rows(samples), Array(labels[samples.lowerBound * 4..<samples.upperBound * 4]),
        count: 6)
      #expect(bits(part.gradient) == bits(whole.gradient.rows(samples)))
      sum += part.loss
    }
    #expect(abs(sum - whole.loss) < 2e-6)
  }

  @Test("The parts of a batch have the whole's gradient to the bit, and losses that add up to its")
  func parts() {
    let x = gaussians([23, 5], seed: 1)
    let labels = (0..<23).map { $0 % 5 }
    func loss(_ rows: Range<Int>) -> (loss: Float, gradient: Tensor) {
      crossEntropy(
        x.rows(rows), Array(labels[rows]), classWeights: [1, 0, 2, 0.5, 3], labelSmoothing: 0.1,
        count: 23)
    }
    let whole = loss(0..<23)
    var sum: Float = 0
    for rows in [0..<7, 7..<8, 8..<23] {
      let part = loss(rows)
      #expect(bits(part.gradient) == bits(whole.gradient.rows(rows)))
      sum += part.loss
    }
    #expect(abs(sum - whole.loss) < 2e-6)
  }

  @Test("Every instruction set and thread count gives the same bits")
  func sameBits() {
    let x = gaussians([3000, 37], seed: 1, scale: 4)
    let labels = (0..<3000).map { $0 % 37 }
    let weights = gaussians([37], seed: 3).absolute().scalars
    expectSameBits(of: {
      let (loss, gradient) = crossEntropy(
        x, labels, classWeights: weights, labelSmoothing: 0.1)
      return [loss.bitPattern] + bits(gradient)
    })
  }
}
