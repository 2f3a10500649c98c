import DitherRuntime
import DitherTensors

// What layers check at their edges. Each message names the layer, its path, what was received and what was expected.

/// Stops unless the input has rows, that is two axes or more, with the columns given if any are.
func requireRows(_ input: Tensor, columns: Int?, layer: String, path: String) {
  require(
    input.rank >= 2 && (columns == nil || input.shape.last == columns),
    "\(described(layer, path)): the input has shape \(input.shape); expected [batch, \(columns.map(String.init) ?? "columns")], or more axes before the last"
  )
}

/// Stops unless the gradient of the output has the output's shape.
func requireGradient(_ outputGradient: Tensor, shape: [Int], layer: String, path: String) {
  require(
    outputGradient.shape == shape,
    "\(described(layer, path)): the gradient of the output has shape \(outputGradient.shape); expected the output's, \(shape)"
  )
}

/// Stops at a parameter without a value, and says what gives it one.
func requireInitialized(_ parameter: Parameter, _ name: String, layer: String, path: String) {
  require(
    parameter.isInitialized,
    """
    \(described(layer, path)): the parameter "\(name)" of shape \(parameter.shape) has no value yet; expected a network \
    with a seed, as in Sequential(seed: 7) { … } or layer.initialized(seed: 7)
    """)
}

/// The same of all parameters of a layer that are there.
func requireInitialized(
  _ parameters: [(name: String, parameter: Parameter?)], layer: String, path: String
) {
  for (name, parameter) in parameters {
    if let parameter { requireInitialized(parameter, name, layer: layer, path: path) }
  }
}

/// The layer and where it is.
func described(_ layer: String, _ path: String) -> String {
  path.isEmpty ? layer : "\(layer) at path \"\(path)\""
}

/// A parameter with the version that it had in a forward pass.
struct NotedParameter {
  let parameter: Parameter
  private let name: String
  let version: Int

  init(_ parameter: Parameter, _ name: String) {
    self.parameter = parameter
    self.name = name
    version = parameter.version
  }

  /// Stops if the parameter has changed: gradients would mix two values of it.
  func requireUnchanged(layer: String, path: String) {
    require(
      parameter.version == version,
      """
      \(described(layer, path)): the parameter "\(name)" changed from version \(version) to \(parameter.version) between \
      the forward pass and its pullback; expected the pullback before the change (optimizer.step(), or an assignment \
      to the value), or a new forward pass after it
      """)
  }
}

/// The gradient of its input that a child's pullback returned; stops at nil, where the child's pass asked for it.
func requireInputGradient(_ gradient: Tensor?, of layer: any Layer, path: String) -> Tensor {
  guard let gradient else {
    misuse(
      """
      the pullback of the layer "\(path)" (\(type(of: layer))) returned nil; \
      expected the gradient of its input, which its pass asked for
      """)
  }
  return gradient
}
