import DitherRuntime
public import DitherTensors

/// A tensor that a layer keeps beside its parameters, changed by forward passes instead of by an optimizer, such as the running
/// statistics of ``BatchNorm``.
///
/// It is an object, as a `Parameter` is: copies of the layer's struct share it, ``Layer/copy()`` does not. A layer shows it in
/// ``Layer/visit(_:)`` by `visitor.buffer("name", &buffer)`, so that it is saved and copied with the rest. It must change in
/// passes of training alone (``Pass/isTraining``): at inference many tasks may read it at once.
public final class Buffer {
  /// The value; one of another shape stops the program.
  public var value: Tensor {
    didSet {
      let (received, expected) = (value.shape, oldValue.shape)
      require(
        received == expected, "Buffer.value: shape \(received); expected the buffer's, \(expected)")
    }
  }

  /// A buffer with its first value, which fixes its shape.
  public init(_ value: Tensor) { self.value = value }
}
