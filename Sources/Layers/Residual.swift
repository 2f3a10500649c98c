import DitherRuntime
public import DitherTensors

/// A shortcut around layers: y = inner(x) + x, or inner(x) + projection(x) where the shapes of x and inner(x) differ.
///
/// ```swift
/// let model = Sequential(seed: 7) {
///   Residual {
///     Linear(inputs: 64, outputs: 64)
///     LayerNorm(features: 64)
///     ReLU()
///   }
///   Residual(projection: Linear(inputs: 64, outputs: 32, bias: false)) {
///     Linear(inputs: 64, outputs: 32)
///     ReLU()
///   }
/// }
/// ```
///
/// The children are named "inner" and "projection". Where inner(x) has another shape than what is added to it, the pass
/// stops. Source: He, Zhang, Ren & Sun, *Deep residual learning for image recognition* (2016), equations 1 and 2.
public struct Residual: Layer {
  /// What the shortcut goes around.
  public private(set) var inner: any Layer
  /// What the input goes through on the shortcut; nil for nothing.
  public private(set) var projection: (any Layer)?

  /// A shortcut around one layer.
  ///
  /// - Parameters:
  ///   - inner: what the shortcut goes around.
  ///   - projection: what the input goes through on the shortcut; nil, the default, for nothing.
  public init(_ inner: any Layer, projection: (any Layer)? = nil) {
    self.inner = inner
    self.projection = projection
  }

  /// A shortcut around layers one after the other, a ``Sequential``.
  ///
  /// - Parameters:
  ///   - projection: what the input goes through on the shortcut; nil, the default, for nothing.
  ///   - layers: a list of layers.
  public init(projection: (any Layer)? = nil, @SequentialBuilder _ layers: () -> [any Layer]) {
    self.init(Sequential(layers()), projection: projection)
  }

  public mutating func visit(_ visitor: inout LayerVisitor) {
    visitor.child("inner", &inner)
    if var layer = projection {
      visitor.child("projection", &layer)
      projection = layer
    }
  }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    let wantsInput = pass.gradients.contains(.input)
    let innerPass = pass.child("inner", needsInputGradient: wantsInput)
    let (innerOutput, innerPullback) = inner.forward(input, innerPass)
    innerPass.report(innerOutput, of: input)
    let shortcutPass = pass.child("projection", needsInputGradient: wantsInput)
    let shortcut = projection?.forward(input, shortcutPass)
    if let shortcut { shortcutPass.report(shortcut.output, of: input) }
    let added = shortcut?.output ?? input
    require(
      innerOutput.shape == added.shape,
      "\(described("Residual", pass.path)): the inner layer gives shape \(innerOutput.shape), to which \(added.shape) is to be added; expected equal shapes, or a projection that makes them so"
    )
    let output = innerOutput + added
    pass.report(output, of: input)
    if pass.gradients.isEmpty { return (output, .none) }
    return (
      output,
      Pullback { [inner, projection] outputGradient in
        requireGradient(
          outputGradient, shape: innerOutput.shape, layer: "Residual", path: pass.path)
        let throughInner = innerPullback(outputGradient)
        let throughShortcut = shortcut.flatMap { $0.pullback(outputGradient) }
        if !wantsInput { return nil }
        var gradient = requireInputGradient(throughInner, of: inner, path: innerPass.path)
        if let projection {
          gradient += requireInputGradient(
            throughShortcut, of: projection, path: shortcutPass.path)
        } else {
          gradient += outputGradient
        }
        return gradient
      }
    )
  }
}
