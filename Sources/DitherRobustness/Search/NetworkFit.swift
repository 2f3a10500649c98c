import DitherData
import DitherTensors
import Layers

/// Throws where a network does not take the features of data or, where it is to answer with their classes, has not an output for each.
func requireFit(
  of network: any Layer, to data: LabelledData, answersClasses: Bool
) throws(SearchError) {
  if let inputs = network.inputColumns, inputs != data.features {
    throw .otherInputs(network: inputs, features: data.features)
  }
  if !answersClasses { return }
  let sample = Tensor(zeros: [1, data.features])
  let outputs = network.initialized(seed: 0).forward(sample, .inference).output.shape.last ?? 0
  if outputs < data.classes { throw .tooFewOutputs(network: outputs, classes: data.classes) }
}

extension Layer {
  /// The columns that a network takes, by its first layer that asks for some; nil where none does, or where one of the user's own
  /// comes before it, which may change them.
  fileprivate var inputColumns: Int? {
    switch self {
    case let layer as Linear: return layer.inputs
    case let layer as NoisyLinear: return layer.inputs
    case let layer as LocalReparameterizationLinear: return layer.inputs
    case let layer as FlipoutLinear: return layer.inputs
    case let layer as LayerNorm: return layer.features
    case let layer as BatchNorm: return layer.features
    case let layer as Perturb: return layer.columns
    case let layer as Residual:
      return layer.inner.inputColumns ?? layer.projection?.inputColumns
    case let layer as Sequential:
      for child in layer.layers {
        if let columns = child.inputColumns { return columns }
        let keepsColumns =
          child is Perturb || child is Dropout || child is ConcreteDropout
          || child is LogNormalNoise
        if !keepsColumns { return nil }
      }
      return nil
    default: return nil
    }
  }
}
