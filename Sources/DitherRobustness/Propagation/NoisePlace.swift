import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions

/// A place in a `Sequential` where noise is put to see how it spreads.
public enum NoisePlace: Hashable, Sendable, CustomStringConvertible {
  /// Before a layer, by its number from 0: the first layer that has it is that one.
  case input(of: Int)
  /// After a layer: what comes out of it has the noise.
  case output(of: Int)

  /// The number of the layer.
  var layer: Int {
    switch self {
    case .input(let layer), .output(let layer): layer
    }
  }

  public var description: String {
    switch self {
    case .input(let layer): "input of layer \(layer)"
    case .output(let layer): "output of layer \(layer)"
    }
  }
}

/// A layer with a rule at its input or its output in passes without noise of their own, at the base's path and with its
/// parameters: the network around it stays what it is.
struct LayerWithPlacedNoise: Layer {
  var base: any Layer
  let place: NoisePlace
  let rule: NoiseRule
  /// At the first sample of the batch.
  let noise: NoiseStream

  func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    require(
      pass.gradients.isEmpty, "noise at the \(place): the pass wants gradients; expected none")
    switch place {
    case .input: return base.forward(perturbed(input, site: "placed.input"), pass)
    case .output:
      let output = base.forward(input, pass).output
      return (perturbed(output, site: "placed.output"), .none)
    }
  }

  mutating func visit(_ visitor: inout LayerVisitor) { base.visit(&visitor) }

  /// The last axis is the columns; all before it are rows, those of the first sample first.
  private func perturbed(_ tensor: Tensor, site: String) -> Tensor {
    let columns = tensor.shape.last ?? 1
    let rows = tensor.count / max(columns, 1)
    let perSample = rows / tensor.shape[0]
    let stream = noise.rows(from: noise.firstRow * perSample)
    return tensor.reshaped(to: [rows, columns])
      .perturbed(by: rule, stream, site: "\(place.layer).\(site)")
      .reshaped(to: tensor.shape)
  }
}
