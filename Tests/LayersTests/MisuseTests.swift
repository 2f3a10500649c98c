import DitherTensors
import Foundation
import Layers
import NoiseDistributions
import Optimizers
import TestSupport
import Testing

@Suite("Misuse stops the program and names what it received")
struct MisuseTests {
  @Test("An input of the wrong width: layer, path, shape received, shape expected")
  func inputShape() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let model = Sequential(seed: 1) {
        ReLU()
        Sequential { Linear(inputs: 4, outputs: 2) }
      }
      _ = model(Tensor(zeros: [3, 5]))
    }
    expect(result, says: "Linear at path \"1.0\"", "shape [3, 5]", "expected [batch, 4]")
  }

  @Test("An input without rows")
  func inputRank() async {
    let linear = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Linear(inputs: 4, outputs: 2).initialized(seed: 1)(Tensor(zeros: [4]))
    }
    expect(linear, says: "Linear: the input has shape [4]; expected [batch, 4]")
    let dropout = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dropout(rate: 0.5)(Tensor(zeros: [4]))
    }
    expect(dropout, says: "Dropout: the input has shape [4]; expected [batch, columns]")
    let perturb = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Perturb(.dropout(rate: 0.5))(Tensor(zeros: []))
    }
    expect(perturb, says: "Perturb: the input has shape []")
  }

  @Test("An output gradient of another shape than the output")
  func gradientShape() async {
    let linear = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let layer = Linear(inputs: 4, outputs: 2).initialized(seed: 1)
      layer.forward(Tensor(zeros: [3, 4]), .withoutNoise(gradients: .both))
        .pullback(Tensor(zeros: [3, 4]))
    }
    expect(linear, says: "Linear: the gradient of the output has shape [3, 4]", "[3, 2]")
    let relu = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      ReLU().forward(Tensor(zeros: [3, 4]), .withoutNoise(gradients: .input))
        .pullback(Tensor(zeros: [4, 3]))
    }
    expect(relu, says: "ReLU: the gradient of the output has shape [4, 3]", "[3, 4]")
    let dropout = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Dropout(rate: 0.5).forward(Tensor(zeros: [3, 4]), .withoutNoise(gradients: .input))
        .pullback(Tensor(zeros: [12]))
    }
    expect(dropout, says: "Dropout: the gradient of the output has shape [12]", "[3, 4]")
  }

  @Test("A layer without values says what gives it values")
  func uninitialized() async {
    let forward = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential { Linear(inputs: 4, outputs: 2) }(Tensor(zeros: [1, 4]))
    }
    expect(
      forward,
      says:
        "Linear at path \"0\"", "\"weight\" of shape [2, 4] has no value", "Sequential(seed: 7)",
      "initialized(seed: 7)")
    let frozen = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential { Linear(inputs: 4, outputs: 2) }.frozen()
    }
    expect(frozen, says: "\"0.weight\" of shape [2, 4] has no value", "initialized(seed: 7)")
  }

  @Test("A pullback whose parameter has changed")
  func stalePullback() async {
    let step = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = Sequential { Linear(weight: Tensor(zeros: [2, 3]), bias: nil) }
      let optimizer = SGD(model.parameters, learningRate: 0.1)
      let x = Tensor(zeros: [1, 3])
      let (output, pullback) = model.forward(x, .withoutNoise(gradients: .parameters))
      pullback(output)
      optimizer.step()
      pullback(output)
    }
    expect(
      step,
      says:
        "Linear at path \"0\"",
      "\"weight\" changed from version 0 to 1 between the forward pass and its")
    let bias = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let layer = Linear(weight: Tensor(zeros: [2, 3]), bias: Tensor(zeros: [2]))
      let (output, pullback) = layer.forward(
        Tensor(zeros: [1, 3]), .withoutNoise(gradients: .input))
      layer.bias!.value = Tensor([1, 2])
      pullback(output)
    }
    expect(bias, says: "\"bias\" changed from version 0 to 1")
  }

  @Test("A pullback of an inference pass, of any layer")
  func inferencePullback() async {
    let sequential = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let model = Sequential(seed: 1) { Linear(inputs: 4, outputs: 2) }
      let (output, pullback) = model.forward(Tensor(zeros: [1, 4]), .inference)
      pullback(output)
    }
    expect(sequential, says: "asked for no gradients", ".training(stream)")
    for layer in 0..<4 {
      let result = await #expect(
        processExitsWith: .failure, observing: [\.standardErrorContent]
      ) { [layer = layer as Int] in
        let layers: [any Layer] = [
          Linear(inputs: 4, outputs: 4).initialized(seed: 1), GELU(), Dropout(rate: 0.5),
          Perturb(.dropout(rate: 0.5)),
        ]
        let (output, pullback) = layers[layer].forward(
          Tensor(zeros: [1, 4]), .sampling(NoiseStream(seed: 1)))
        pullback(output)
      }
      expect(result, says: "asked for no gradients")
    }
  }

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

  @Test("Sizes, weights, rates and threads out of range")
  func construction() async {
    let inputs = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Linear(inputs: 0, outputs: 2)
    }
    expect(inputs, says: "Linear: inputs is 0; expected at least 1")
    let outputs = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Linear(inputs: 1, outputs: -2)
    }
    expect(outputs, says: "Linear: outputs is -2; expected at least 1")
    let weight = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Linear(weight: Tensor(zeros: [4]), bias: nil)
    }
    expect(weight, says: "the weight has shape [4]; expected [outputs, inputs]")
    let bias = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Linear(weight: Tensor(zeros: [4, 3]), bias: Tensor(zeros: [3]))
    }
    expect(bias, says: "the bias has shape [3]; expected [4]")
    let rate = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dropout(rate: 1.5)
    }
    expect(rate, says: "1.5")
    let notANumber = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Dropout(rate: .nan)
    }
    expect(notANumber, says: "nan")
    let threads = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ReLU().frozen(threads: 0)
    }
    expect(threads, says: "frozen: threads is 0; expected 1...1024")
    let many = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ReLU().frozen(threads: .max)
    }
    expect(many, says: "frozen: threads is 9223372036854775807; expected 1...1024")
    let fan = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Parameter(shape: [4], initializer: .heUniform).initialize(seed: 1, path: "0.scale")
    }
    expect(fan, says: "\"0.scale\" has shape [4]", "[outputs, inputs]")
  }

  private struct TwoOfAName: Layer {
    var one = Linear(inputs: 1, outputs: 1)
    var two = Linear(inputs: 1, outputs: 1)
    func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
      one.forward(input, pass.child("a.b"))
    }
    mutating func visit(_ visitor: inout LayerVisitor) {
      visitor.child("one", &one)
      visitor.child("one", &two)
    }
  }

  /// A layer that forgets to return the gradient of its input.
  private struct Forgetful: Layer {
    func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
      (input, Pullback { _ in nil })
    }

    mutating func visit(_ visitor: inout LayerVisitor) {}
  }

  @Test("Two parameters of one name, a child's name with a point, a pullback that returns nil")
  func ownLayers() async {
    let names = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TwoOfAName().parameters
    }
    expect(names, says: "two parameters or buffers named \"one.weight\"")
    let point = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TwoOfAName()(Tensor(zeros: [1, 1]))
    }
    expect(point, says: "named \"a.b\"")
    let occurrence = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Pass.inference.child("a", occurrence: -1)
    }
    expect(occurrence, says: "occurrence is -1; expected 0 or more")
    let forgetful = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = Sequential(seed: 1) {
        Linear(inputs: 2, outputs: 2)
        Forgetful()
      }
      let (output, pullback) = model.forward(
        Tensor(zeros: [1, 2]), .withoutNoise(gradients: .parameters))
      pullback(output)
    }
    expect(forgetful, says: "layer \"1\" (Forgetful) returned nil")
  }

  @Test("A pullback of a layer of one's own whose parameter has moved on stops")
  func ownLayerMovedOn() async {
    let stale = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let layer = Scale(columns: 2).initialized(seed: 1)
      let (output, pullback) = layer.forward(
        Tensor(zeros: [1, 2]), .withoutNoise(gradients: .both).child("3"))
      layer.scale.value = Tensor([3, 3])
      pullback(output)
    }
    expect(
      stale,
      says: "a layer at path \"3\": the parameter \"scale\" changed from version 1 to 2")
  }
}
