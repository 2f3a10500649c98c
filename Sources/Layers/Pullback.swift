import DitherRuntime
public import DitherTensors

/// The backward half of one forward pass: a value that one calls with the gradient of the output.
///
/// It adds to the gradients of the parameters and returns the gradient of the input, each only if the pass asked for
/// it. Noise is drawn again at its address, so what a pullback holds is its layer's input and the parameters with the
/// versions they had; if one of those parameters has changed since, calling the pullback stops.
public struct Pullback {
  private let function: ((Tensor) -> Tensor?)?

  /// A pullback that does what `function` does, for a layer without parameters. (With some, see
  /// ``init(reading:path:_:)``.)
  ///
  /// - Parameter function: takes the gradient of the output, adds to the parameters' gradients, and returns the
  ///   gradient of the input, or nil where the pass did not ask for it.
  public init(_ function: @escaping (Tensor) -> Tensor?) {
    self.function = function
  }

  /// A pullback of a layer with parameters, which does what `function` does if none of them has changed by then; if one
  /// has, calling it stops.
  ///
  /// ```swift
  /// let scale = Parameter(Tensor([2]))
  /// let pullback = Pullback(reading: ["scale": scale], path: pass.path) { gradient in gradient * scale.value }
  /// ```
  ///
  /// - Parameters:
  ///   - parameters: those whose values `function` reads or adds gradients to, by name.
  ///   - path: of the layer, ``Pass/path``, for the message.
  ///   - function: as for ``init(_:)``.
  public init(
    reading parameters: KeyValuePairs<String, Parameter>, path: String,
    _ function: @escaping (Tensor) -> Tensor?
  ) {
    let noted = parameters.map { name, parameter in NotedParameter(parameter, name) }
    self.function = { outputGradient in
      for parameter in noted { parameter.requireUnchanged(layer: "a layer", path: path) }
      return function(outputGradient)
    }
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
