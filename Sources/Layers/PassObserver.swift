package import DitherTensors

/// Is told of layers' outputs in one pass, each when it is there: a layer's within another before that one's.
///
/// Layers of this module tell of their own, and composites of those of their children, which may be others': so a layer is told
/// of unless it is one of a user's own within another of a user's own, and some are told of twice.
package struct PassObserver: Sendable {
  /// What is told.
  package struct Event {
    /// The layer's, as in ``Pass/path``: with the numbers of uses.
    package var path: String
    /// The path without them.
    package var layer: String
    package var input: Tensor
    package var output: Tensor
  }

  let observe: @Sendable (Event) -> Void

  package init(_ observe: @escaping @Sendable (Event) -> Void) { self.observe = observe }
}

extension Pass {
  /// Tells of an output of the layer that this pass is for, where it is observed.
  func report(_ output: Tensor, of input: Tensor) {
    observer?.observe(
      PassObserver.Event(path: path, layer: layer, input: input, output: output))
  }
}
