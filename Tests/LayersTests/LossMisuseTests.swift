import DitherTensors
import Layers
import TestSupport
import Testing

@Suite("Losses stop at what they cannot take, and name it")
struct LossMisuseTests {
  @Test("A label out of range, too few labels, a batch without rows, a count below the rows")
  func crossEntropyMisuse() async {
    let label = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Tensor(zeros: [3, 4]), [0, 3, 4])
    }
    expect(label, says: "crossEntropy: the label of row 2 is 4; expected 0 ..< 4")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Tensor(zeros: [3, 4]), [0, -1, 1])
    }
    expect(negative, says: "the label of row 1 is -1")
    let few = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Tensor(zeros: [3, 4]), [0, 1])
    }
    expect(few, says: "2 labels for logits of shape [3, 4]; expected 3")
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Tensor(zeros: [0, 4]), [])
    }
    expect(empty, says: "crossEntropy: the logits have shape [0, 4]", "at least one of each")
    let vector = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Tensor(zeros: [4]), [0])
    }
    expect(vector, says: "crossEntropy: the logits have shape [4]")
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Tensor(zeros: [3, 4]), [0, 1, 2], count: 2)
    }
    expect(count, says: "crossEntropy: count is 2; expected at least 3")
  }

  @Test("Targets of another shape, predictions without rows, a count below the rows")
  func meanSquaredErrorMisuse() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = meanSquaredError(Tensor(zeros: [3, 1]), Tensor(zeros: [1, 3]))
    }
    expect(shape, says: "the targets have shape [1, 3]; expected the predictions', [3, 1]")
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = meanSquaredError(Tensor(zeros: [0, 1]), Tensor(zeros: [0, 1]))
    }
    expect(empty, says: "meanSquaredError: the predictions have shape [0, 1]")
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = meanSquaredError(Tensor(zeros: [3, 1]), Tensor(zeros: [3, 1]), count: 0)
    }
    expect(count, says: "meanSquaredError: count is 0; expected at least 3")
  }

  @Test("Cross-entropy: class weights and smoothing out of range")
  func crossEntropySettings() async {
    let few = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Tensor(zeros: [2, 3]), [0, 1], classWeights: [1, 2])
    }
    expect(few, says: "crossEntropy: 2 class weights for 3 classes; expected one for each")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Tensor(zeros: [2, 3]), [0, 1], classWeights: [1, 2, -0.5])
    }
    expect(negative, says: "crossEntropy: the weight of class 2 is -0.5; expected a finite number")
    let smoothing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Tensor(zeros: [2, 3]), [0, 1], labelSmoothing: 1.25)
    }
    expect(smoothing, says: "crossEntropy: labelSmoothing is 1.25; expected 0 to 1")
    let notANumber = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = crossEntropy(Tensor(zeros: [2, 3]), [0, 1], labelSmoothing: .nan)
    }
    expect(notANumber, says: "crossEntropy: labelSmoothing is nan")
  }

  @Test("Binary cross-entropy: targets out of range, not a number, of another shape")
  func binaryTargets() async {
    let above = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = binaryCrossEntropy(Tensor(zeros: [2, 3]), Tensor(rows: [[0, 1, 0], [1, 1.5, 0]]))
    }
    expect(above, says: "binaryCrossEntropy: the target of row 1, column 1 is 1.5; expected 0 to 1")
    let notANumber = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = binaryCrossEntropy(Tensor(zeros: [3]), Tensor([0, 1, .nan]))
    }
    expect(notANumber, says: "binaryCrossEntropy: the target of row 2, column 0 is nan")
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = binaryCrossEntropy(Tensor(zeros: [2, 3]), Tensor(zeros: [2]))
    }
    expect(shape, says: "the targets have shape [2]; expected the logits', [2, 3]")
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = binaryCrossEntropy(Tensor(zeros: [0, 3]), Tensor(zeros: [0, 3]))
    }
    expect(empty, says: "binaryCrossEntropy: the logits have shape [0, 3]")
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = binaryCrossEntropy(Tensor(zeros: [4, 3]), Tensor(zeros: [4, 3]), count: 3)
    }
    expect(count, says: "binaryCrossEntropy: count is 3; expected at least 4")
  }

  @Test("Losses of regression: targets that are not finite, another shape, a width out of range")
  func regression() async {
    let squared = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = meanSquaredError(Tensor(zeros: [2, 2]), Tensor(rows: [[0, 1], [.infinity, 0]]))
    }
    expect(
      squared,
      says: "meanSquaredError: the target of row 1, column 0 is inf; expected a finite number")
    let absolute = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = meanAbsoluteError(Tensor(zeros: [2]), Tensor([.nan, 0]))
    }
    expect(absolute, says: "meanAbsoluteError: the target of row 0, column 0 is nan")
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = huberLoss(Tensor(zeros: [2, 1]), Tensor(zeros: [1, 2]))
    }
    expect(
      shape, says: "huberLoss: the targets have shape [1, 2]; expected the predictions', [2, 1]")
    let delta = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = huberLoss(Tensor(zeros: [2]), Tensor(zeros: [2]), delta: 0)
    }
    expect(delta, says: "huberLoss: delta is 0.0; expected a finite number above 0")
  }

  @Test("Settings of activations and normalisations out of range; one row in training")
  func layers() async {
    let slope = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LeakyReLU(negativeSlope: .nan)
    }
    expect(slope, says: "LeakyReLU: negativeSlope is nan; expected a finite number")
    let alpha = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ELU(alpha: .infinity)
    }
    expect(alpha, says: "ELU: alpha is inf; expected a finite number")
    let beta = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Softplus(beta: 0)
    }
    expect(beta, says: "Softplus: beta is 0.0; expected a finite number above 0")
    let features = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LayerNorm(features: 0)
    }
    expect(features, says: "LayerNorm: features is 0; expected at least 1")
    let epsilon = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BatchNorm(features: 2, epsilon: 0)
    }
    expect(epsilon, says: "BatchNorm: epsilon is 0.0; expected a finite number above 0")
    let momentum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BatchNorm(features: 2, momentum: 1.5)
    }
    expect(momentum, says: "BatchNorm: momentum is 1.5; expected 0 to 1")
    let row = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = Sequential(seed: 1) { BatchNorm(features: 2) }
      _ = model.forward(Tensor(zeros: [1, 2]), .training())
    }
    expect(row, says: "BatchNorm at path \"0\": a batch of 1 rows in training; expected 2 at least")
    let stale = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let layer = LayerNorm(features: 2).initialized(seed: 1)
      let (output, pullback) = layer.forward(Tensor(zeros: [1, 2]), .training())
      layer.scale!.value = Tensor([2, 2])
      pullback(output)
    }
    expect(stale, says: "LayerNorm: the parameter \"scale\" changed from version 1 to 2")
  }
}
