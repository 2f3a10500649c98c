import DitherTensors
import Layers
import TestSupport
import Testing

@Suite("Buffers that forward passes change")
struct BufferTests {
  private func names(of model: some Layer) -> [String] {
    var names: [String] = []
    var visitor = LayerVisitor(
      parameter: { $1 },
      buffer: { name, buffer in
        names.append(name)
        return buffer
      })
    var model = model
    model.visit(&visitor)
    return names
  }

  @Test("The running statistics are buffers by name, and no parameters")
  func names() {
    let model = Sequential(seed: 1) { BatchNorm(features: 3) }
    #expect(names(of: model) == ["0.runningMean", "0.runningVariance"])
    #expect(model.namedParameters.map(\.name) == ["0.scale", "0.shift"])
  }

  @Test("Copies of a struct share them; copy, initialized and frozen models have their own")
  func sharing() {
    let x = gaussians([10, 3], seed: 1, scale: 2)
    let layer = BatchNorm(features: 3, momentum: 1).initialized(seed: 1)
    let shared = layer
    let copy = layer.copy()
    let initialized = layer.initialized(seed: 2)
    let frozen = layer.frozen()
    let before = bits(layer(x))
    _ = layer.forward(x, .training())
    #expect(bits(shared.runningMean) == bits(layer.runningMean))
    #expect(bits(layer(x)) != before)
    #expect(bits(copy(x)) == before && bits(frozen(x)) == before)
    #expect(copy.runningMean == Tensor(zeros: [3]) && initialized.runningMean == Tensor(zeros: [3]))
    // Bare layers may become parts of two networks.
    let bare = BatchNorm(features: 3, momentum: 1)
    let (one, two) = (Sequential(seed: 1) { bare }, Sequential(seed: 2) { bare })
    _ = one.forward(x, .training())
    #expect((two.layers[0] as! BatchNorm).runningMean == Tensor(zeros: [3]))
  }

  @Test("A visitor's tensors take their place in all that share a buffer, and in no copy")
  func replacing() {
    let original = Sequential(seed: 1) { BatchNorm(features: 2) }
    let copy = original.copy()
    var loaded = original
    var visitor = LayerVisitor(
      parameter: { $1 }, buffer: { name, buffer in name == "0.runningMean" ? buffer + 3 : buffer })
    loaded.visit(&visitor)
    let (before, after) = (original.layers[0] as! BatchNorm, loaded.layers[0] as! BatchNorm)
    #expect(before.runningMean == Tensor([3, 3]) && after.runningMean == Tensor([3, 3]))
    // They are shared as before.
    let x = Tensor(rows: [[1, 2], [3, 5]])
    _ = after.forward(x, .training())
    #expect(bits(before.runningMean) == bits(after.runningMean))
    #expect(bits(before.runningVariance) == bits(after.runningVariance))
    #expect(before.runningMean != Tensor([3, 3]))
    #expect((copy.layers[0] as! BatchNorm).runningMean == Tensor([0, 0]))
  }

  @Test("Replacing compares bits: a zero of the other sign is another value")
  func replacingZero() {
    var model = Sequential(seed: 1) { BatchNorm(features: 2) }
    var visitor = LayerVisitor(
      parameter: { $1 }, buffer: { name, buffer in name == "0.runningMean" ? -buffer : buffer })
    model.visit(&visitor)
    #expect(bits((model.layers[0] as! BatchNorm).runningMean) == [0x8000_0000, 0x8000_0000])
  }

  @Test("A buffer in two places is replaced once, by what is returned for the first")
  func replacingTied() {
    let shared = BatchNorm(features: 2)
    var model = Sequential(seed: 1) {
      shared
      shared
    }
    var visitor = LayerVisitor(parameter: { $1 }, buffer: { $1 + 3 })
    model.visit(&visitor)
    #expect(
      model.layers.map { ($0 as! BatchNorm).runningMean } == [Tensor([3, 3]), Tensor([3, 3])])
  }

  @Test("A layer that is used in two places keeps one buffer, in copies too")
  func tied() {
    let shared = BatchNorm(features: 2, momentum: 1)
    let model = Sequential(seed: 1) {
      shared
      shared
    }
    _ = model.forward(gaussians([9, 2], seed: 1), .training())
    for model in [model, model.copy()] {
      let layers = model.layers.map { $0 as! BatchNorm }
      #expect(bits(layers[0].runningMean) == bits(layers[1].runningMean))
    }
    let copy = model.copy()
    _ = (copy.layers[0] as! BatchNorm).forward(gaussians([9, 2], seed: 2), .training())
    let layers = copy.layers.map { $0 as! BatchNorm }
    #expect(bits(layers[0].runningMean) == bits(layers[1].runningMean))
  }

  @Test("Another shape, and a frozen model in training, stop the program")
  func misuse() async {
    let value = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Buffer(Tensor([1, 2])).value = Tensor([1])
    }
    expect(value, says: "Buffer.value: shape [1]; expected the buffer's, [2]")
    let visit = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var model = Sequential(seed: 1) { BatchNorm(features: 2) }
      var visitor = LayerVisitor(parameter: { $1 }, buffer: { _, _ in Tensor([1]) })
      model.visit(&visitor)
    }
    expect(visit, says: "\"0.runningMean\" of shape [2] is replaced by one of shape [1]")
    let frozen = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BatchNorm(features: 2).initialized(seed: 1)
        .frozen()(Tensor(zeros: [4, 2]), .training(gradients: .none))
    }
    expect(frozen, says: "a frozen model's pass is one of training; expected .inference")
  }
}
