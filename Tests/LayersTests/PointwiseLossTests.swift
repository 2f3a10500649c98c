import DitherTensors
import Foundation
import Layers
import TestSupport
import Testing

/// A loss of predictions and targets, with its formula in double precision.
private enum PointwiseCase: String, CaseIterable, Sendable {
  case binary, absolute, huber

  func callAsFunction(
    _ predictions: Tensor, _ targets: Tensor, count: Int? = nil
  ) -> (loss: Float, gradient: Tensor) {
    switch self {
    case .binary: binaryCrossEntropy(predictions, targets, count: count)
    case .absolute: meanAbsoluteError(predictions, targets, count: count)
    case .huber: huberLoss(predictions, targets, delta: 0.75, count: count)
    }
  }

  func callAsFunction(_ x: Double, _ t: Double) -> Double {
    let distance = abs(x - t)
    return switch self {
    case .binary: max(x, 0) - t * x + Foundation.log1p(Foundation.exp(-abs(x)))
    case .absolute: distance
    case .huber: distance <= 0.75 ? distance * distance / 2 : 0.75 * (distance - 0.375)
    }
  }

  func targets(_ shape: [Int]) -> Tensor {
    let values = gaussians(shape, seed: 2)
    return self == .binary ? values.map { $0 > 0 ? 1 : $0 > -0.5 ? 0.25 : 0 } : values
  }
}

@Suite("Losses of elements")
struct PointwiseLossTests {
  @Test(
    "The loss and its gradient agree with a double-precision reference",
    arguments: PointwiseCase.allCases)
  private func values(loss function: PointwiseCase) {
    for shape in [[1], [7], [1, 1], [6, 5], [50, 3], [4, 3, 2]] {
      let predictions = gaussians(shape, seed: 1, scale: 3)
      let targets = function.targets(shape)
      let (loss, gradient) = function(predictions, targets)
      #expect(gradient.shape == shape)
      func reference(_ arguments: [Matrix]) -> Double {
        zip(arguments[0].values, targets.scalars).reduce(0) { $0 + function($1.0, Double($1.1)) }
          / Double(targets.count)
      }
      let x = Matrix(predictions.reshaped(to: [1, targets.count]))
      let expected = reference([x])
      #expect(abs(Double(loss) - expected) <= 1e-6 * (1 + expected))
      expectGradients(
        [("predictions", gradient.reshaped(to: [1, targets.count]))], of: reference, at: [x])
    }
  }

  @Test("Binary cross-entropy of large logits is exact, in value and slope")
  func largeLogits() {
    let logits = Tensor([200, -200, 30, -30, 0])
    let (loss, gradient) = binaryCrossEntropy(logits, Tensor([0, 1, 1, 0, 0.5]))
    let small = Foundation.exp(-30.0)
    #expect(abs(Double(loss) - (400 + Foundation.log(2)) / 5) < 1e-5)
    #expect(gradient[0] == 0.2 && gradient[1] == -0.2 && gradient[4] == 0)
    #expect(abs(Double(gradient[2]) + small / 5) < 1e-6 * small)
    #expect(abs(Double(gradient[3]) - small / 5) < 1e-6 * small)
    // A small loss keeps its digits.
    let sure = binaryCrossEntropy(Tensor([30]), Tensor([1])).loss
    #expect(abs(Double(sure) - Foundation.log1p(small)) < 1e-6 * small)
  }

  @Test("One column takes a vector of targets, as the same column; so does the squared error")
  func column() {
    let predictions = gaussians([9, 1], seed: 1)
    func check(_ targets: Tensor, _ loss: (Tensor, Tensor) -> (loss: Float, gradient: Tensor)) {
      let vector = loss(predictions, targets)
      let column = loss(predictions, targets.reshaped(to: [9, 1]))
      #expect(vector.loss == column.loss && bits(vector.gradient) == bits(column.gradient))
      #expect(vector.gradient.shape == [9, 1])
    }
    for function in PointwiseCase.allCases {
      check(function.targets([9])) { function($0, $1) }
    }
    check(gaussians([9], seed: 2)) { meanSquaredError($0, $1) }
  }

  @Test("At its corner an absolute error has slope 0, and beyond its width Huber's is the width")
  func corners() {
    let (_, absolute) = meanAbsoluteError(Tensor([1, 2, 3]), Tensor([1, 3, 2]))
    #expect(absolute.scalars == [0, -1 / Float(3), 1 / Float(3)])
    let (loss, huber) = huberLoss(Tensor([0, 5, -5, 0.5]), Tensor(zeros: [4]), delta: 2)
    #expect(huber.scalars == [0, 0.5, -0.5, 0.125])
    #expect(loss == 4.03125)
  }

  @Test(
    "The parts of a batch have the whole's gradient to the bit, and losses that add up to its",
    arguments: PointwiseCase.allCases)
  private func parts(loss function: PointwiseCase) {
    let (x, targets) = (gaussians([23, 5], seed: 1), function.targets([23, 5]))
    let whole = function(x, targets)
    var sum: Float = 0
    for rows in [0..<7, 7..<8, 8..<23] {
      let part = function(x.rows(rows), targets.rows(rows), count: 23)
      #expect(bits(part.gradient) == bits(whole.gradient.rows(rows)))
      sum += part.loss
    }
    #expect(abs(sum - whole.loss) < 2e-6)
  }

  @Test(
    "Every instruction set and thread count gives the same bits", arguments: PointwiseCase.allCases)
  private func sameBits(loss function: PointwiseCase) {
    let (x, targets) = (gaussians([3000, 37], seed: 1, scale: 4), function.targets([3000, 37]))
    expectSameBits(of: {
      let (loss, gradient) = function(x, targets)
      return [loss.bitPattern] + bits(gradient)
    })
  }
}
