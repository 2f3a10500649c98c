import DitherTensors
import Layers

/// Lets its input pass, but for one training step, in which it gives what is not a number: forward or back.
struct Spoiled: Layer {
  var step: Int
  var backward = false

  func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    let isNow = pass.noise?.step == step
    return (
      isNow && !backward ? input * Float.nan : input,
      Pullback { isNow && backward ? $0 * Float.nan : $0 }
    )
  }

  mutating func visit(_ visitor: inout LayerVisitor) {}
}

/// Lets its input pass, and counts its passes of training in a buffer.
struct Counting: Layer {
  var count = Buffer(Tensor([0]))

  func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    if pass.isTraining { count.value = count.value + Tensor([1]) }
    return (input, Pullback { $0 })
  }

  mutating func visit(_ visitor: inout LayerVisitor) { visitor.buffer("count", &count) }
}
