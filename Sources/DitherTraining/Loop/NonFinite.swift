import DitherTensors
import Layers
import Optimizers
import Synchronization

/// Where a number that is not finite first appears in a forward pass whose loss is not: the pass is run again, and its layers
/// are looked at. Its noise is that of the pass before, since a draw is a function of its address.
func firstNonFinite(
  in network: some Layer, _ inputs: Tensor, _ pass: Pass
) -> TrainingError.Place {
  if !inputs.isFinite { return .inputs }
  let parameter = network.namedParameters.first { !$0.parameter.value.isFinite }
  if let parameter { return .parameter(parameter.name) }
  let search = FaultSearch()
  var observed = pass
  observed.observer = PassObserver { search.look(at: $0) }
  let outputs = network.forward(inputs, observed).output
  if let path = search.path { return .layer(path) }
  return outputs.isFinite ? .loss : .layer(pass.path)
}

/// Finds the first layer in a pass whose output is not finite while its input is. (Of a layer whose input is not finite either,
/// and that is the first that is told of, the fault lies before it, within a composite that does not tell of its children.)
private final class FaultSearch: Sendable {
  private let found = Mutex<String?>(nil)

  var path: String? { found.withLock { $0 } }

  func look(at event: PassObserver.Event) {
    found.withLock { found in
      if found == nil, !event.output.isFinite, event.input.isFinite { found = event.path }
    }
  }
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

extension Tensor {
  /// Whether no element is infinite or not a number: the square of the greatest `Float` is far from the greatest `Double`.
  var isFinite: Bool { sumOfSquares().isFinite }
}
