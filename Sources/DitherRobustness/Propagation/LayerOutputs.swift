import DitherTensors
import Layers
import Synchronization

/// The output of each layer in one pass, by its path, in the order in which they are there.
final class LayerOutputs: Sendable {
  private struct Told {
    var paths: [String] = []
    var outputs: [String: Tensor] = [:]
  }

  private let told = Mutex(Told())

  /// The outputs of a pass: of a layer that is told of twice the last, which is what its composite got of it. The network's own is the
  /// last, with an empty path.
  static func of(_ network: some Layer, _ input: Tensor, _ pass: Pass) -> [(String, Tensor)] {
    let outputs = LayerOutputs()
    var observed = pass
    observed.observer = PassObserver { outputs.note($0) }
    let output = network.forward(input, observed).output
    return outputs.told.withLock { told in
      told.paths.map { ($0, told.outputs[$0]!) }
    } + [("", output)]
  }

  private func note(_ event: PassObserver.Event) {
    // The network itself is added at the end, whether it tells of its output or not.
    if event.path.isEmpty { return }
    told.withLock { told in
      if told.outputs.updateValue(event.output, forKey: event.path) == nil {
        told.paths.append(event.path)
      }
    }
  }
}
