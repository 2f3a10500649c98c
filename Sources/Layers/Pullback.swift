import DitherRuntime
public import DitherTensors

/// The backward half of one forward pass: a value that one calls with the gradient of the output.
///
/// It adds to the gradients of the parameters and returns the gradient of the input, each only if the pass asked for
/// it. Noise is drawn again at its address, so what a pullback holds is its layer's input and the parameters with the
/// versions they had; if a parameter has changed since, calling the pullback stops.
public struct Pullback {
  private let function: ((Tensor) -> Tensor?)?

  /// A pullback that does what `function` does.
  ///
  /// - Parameter function: takes the gradient of the output, adds to the parameters' gradients, and returns the
  ///   gradient of the input, or nil where the pass did not ask for it.
  public init(_ function: @escaping (Tensor) -> Tensor?) {
    self.function = function
  }

  private init() { function = nil }

  /// The pullback of a pass that wants no gradients: calling it stops.
  public static var none: Pullback { Pullback() }

  /// Takes the gradient of the output back.
  ///
  /// - Parameter outputGradient: of the output's shape.
  /// - Returns: the gradient of the input, of the input's shape; nil if the pass did not ask for it.
  @discardableResult
  public func callAsFunction(_ outputGradient: Tensor) -> Tensor? {
    guard let function else {
      misuse(
        """
        this pullback is of a pass that asked for no gradients (inference, or gradients: .none); expected one of \
        .training(stream), or with gradients: .input, .parameters or .both
        """)
    }
    return function(outputGradient)
  }
}
