public import DitherTensors

/// A part of a network: a function of a tensor that can say how its input and its parameters move its output.
///
/// A layer is a struct over `Parameter` objects: copying the struct shares the weights,
/// ``copy()`` does not. A layer of one's own implements ``forward(_:_:)`` and ``visit(_:)``, which shows its parameters,
/// buffers and other layers:
///
/// ```swift
/// struct Average<First: Layer, Second: Layer>: Layer {
///   var first: First
///   var second: Second
///
///   func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
///     let (one, pullbackOfOne) = first.forward(input, pass.child("first"))
///     let (two, pullbackOfTwo) = second.forward(input, pass.child("second"))
///     return (
///       (one + two) / 2,
///       Pullback { gradient in
///         let half = gradient / 2
///         let (one, two) = (pullbackOfOne(half), pullbackOfTwo(half))
///         guard let one, let two else { return nil }
///         return one + two
///       }
///     )
///   }
///
///   mutating func visit(_ visitor: inout LayerVisitor) {
///     visitor.child("first", &first)
///     visitor.child("second", &second)
///   }
/// }
/// ```
public protocol Layer {
  /// The output for `input`, and the function that takes the output's gradient back.
  ///
  /// - Parameters:
  ///   - input: the batch, a row a sample: the last axis is the features. The layers of this module that work on rows take more axes
  ///     before it too, all of which are then rows.
  ///   - pass: the noise (or none), the gradients wanted, and the layer's path. A composite runs a child only with
  ///     ``Pass/child(_:occurrence:needsInputGradient:)`` of it.
  /// - Returns: the output; and the pullback, which adds to the parameters' gradients if the pass wants them, and
  ///   returns the input's gradient if the pass wants that.
  func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback)

  /// Shows `visitor` every parameter, buffer and child by name: the names under which files keep them, and the paths
  /// of the children's noise. What it does not show is not trained, copied, frozen or kept, so there is no default: a layer
  /// that holds nothing says so by an empty body.
  mutating func visit(_ visitor: inout LayerVisitor)
}

extension Layer {
  /// The output for `input` at inference: no noise, no gradients.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    forward(input, .inference).output
  }
}
