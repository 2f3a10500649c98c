import DitherTensors
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
}
