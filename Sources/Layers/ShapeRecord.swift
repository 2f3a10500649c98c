import DitherTensors
import Synchronization

/// The shapes of the outputs of layers in one pass, by the layers' paths: the first where a layer is used more than once.
final class ShapeRecord: Sendable {
  private let shapes = Mutex<[String: [Int]]>([:])

  subscript(path: String) -> [Int]? { shapes.withLock { $0[path] } }

  func record(_ shape: [Int], at path: String) {
    shapes.withLock { shapes in
      if shapes[path] == nil { shapes[path] = shape }
    }
  }
}

extension Pass {
  /// Notes an output of the layer that this pass is for, where a summary is made. Layers of this module note their own;
  /// composites note those of their children, which may be others'.
  func record(_ output: Tensor) {
    shapes?.record(output.shape, at: layer)
  }
}
