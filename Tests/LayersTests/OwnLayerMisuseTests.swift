import DitherTensors
import Layers
import TestSupport
import Testing

@Suite("A layer of one's own that breaks the rules stops the program")
struct OwnLayerMisuseTests {
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
