import DitherTensors
import Layers
import NoiseDistributions

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

/// A network with noise and a buffer, in which a layer within another is spoiled.
func spoiledNetwork(_ spoiled: Spoiled, residual: Bool = false) -> Sequential {
  Sequential(seed: 7) {
    Linear(inputs: 64, outputs: 32).noise(.adding(Gaussian(standardDeviation: 0.1)), on: .input)
    Counting()
    if residual {
      Residual {
        ReLU()
        spoiled
      }
    } else {
      Sequential {
        ReLU()
        spoiled
      }
    }
    Linear(inputs: 32, outputs: 10)
  }
}

/// The passes that such a network has counted.
func count(_ network: Sequential) -> Float {
  (network.layers[1] as! Counting).count.value.item
}
