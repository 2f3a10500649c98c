import DitherTensors
import Layers
import Optimizers

/// Where a number that is not finite first appears in a forward pass whose loss is not: the pass is run again, a layer at
/// a time. Its noise is that of the pass before, since a draw is a function of its address.
func firstNonFinite(
  in network: some Layer, _ inputs: Tensor, _ pass: Pass
) -> TrainingError.Place {
  if !inputs.isFinite { return .inputs }
  let parameter = network.namedParameters.first { !$0.parameter.value.isFinite }
  if let parameter { return .parameter(parameter.name) }
  if let path = trace(network, inputs, pass).path { return .layer(path) }
  return .loss
}

/// Where a network, or what its optimizer keeps, holds a number that is not finite; nil if nowhere.
func firstNonFinite(in network: some Layer, _ optimizer: any Optimizer) -> TrainingError.Place? {
  let parameters = network.namedParameters
  if let bad = parameters.first(where: { !$0.parameter.value.isFinite }) {
    return .parameter(bad.name)
  }
  let bad = buffers(of: network).filter { !$0.value.isFinite }.keys.min()
  if let bad { return .buffer(bad) }
  let names = Dictionary(
    uniqueKeysWithValues: parameters.map { (ObjectIdentifier($0.parameter), $0.name) })
  for (parameter, kept) in zip(optimizer.parameters, optimizer.state.parameters) {
    if let tensor = kept.tensors.filter({ !$0.value.isFinite }).keys.min() {
      return .optimizerState(
        tensor: tensor, parameter: names[ObjectIdentifier(parameter)] ?? "a parameter of no name")
    }
  }
  return nil
}

/// The parameter whose gradient is the first that is not finite: pullbacks go from the last layer to the first.
func firstNonFiniteGradient(of network: some Layer) -> String? {
  network.namedParameters.last { $0.parameter.gradient?.isFinite == false }?.name
}

/// The output of a layer, or the path of the first layer within it whose output is not finite. What other composites than
/// these do with their layers is known to them alone, so that they are one step.
private func trace(
  _ layer: any Layer, _ input: Tensor, _ pass: Pass
) -> (output: Tensor, path: String?) {
  var output = input
  switch layer {
  case let sequential as Sequential:
    for (index, child) in sequential.layers.enumerated() {
      let (value, path) = trace(child, output, pass.child(String(index)))
      if path != nil { return (value, path) }
      output = value
    }
    return (output, nil)
  case let residual as Residual:
    let (inner, path) = trace(residual.inner, input, pass.child("inner"))
    if path != nil { return (inner, path) }
    if let projection = residual.projection {
      let (value, path) = trace(projection, input, pass.child("projection"))
      if path != nil { return (value, path) }
      output = value
    }
    output = inner + output
  default:
    output = layer.forward(input, pass).output
  }
  return (output, output.isFinite ? nil : pass.path)
}

extension Tensor {
  /// Whether no element is infinite or not a number: the square of the greatest `Float` is far from the greatest `Double`.
  var isFinite: Bool { sumOfSquares().isFinite }
}
