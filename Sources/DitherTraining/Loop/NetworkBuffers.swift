import DitherTensors
import Layers

/// The buffers of a network as they are now, by name. Tensors share their memory until one of them changes.
func buffers(of network: some Layer) -> [String: Tensor] {
  var found: [String: Tensor] = [:]
  var visitor = LayerVisitor(parameter: { $1 }) { name, buffer in
    found[name] = buffer
    return buffer
  }
  var network = network
  network.visit(&visitor)
  return found
}

/// Puts buffers back, in all that share them.
func restore(buffers: [String: Tensor], to network: inout some Layer) {
  if buffers.isEmpty { return }
  var visitor = LayerVisitor(parameter: { $1 }) { name, buffer in buffers[name] ?? buffer }
  network.visit(&visitor)
}
