import DitherTensors

/// What a normalisation multiplies each column by and then adds to it: two parameters, or none.
struct ScaleAndShift {
  /// Shape [features]; begins at ones.
  private(set) var scale: Parameter?
  /// Shape [features]; begins at zeros.
  private(set) var shift: Parameter?

  init(features: Int, exists: Bool) {
    scale = exists ? Parameter(shape: [features], initializer: .constant(1)) : nil
    shift = exists ? Parameter(shape: [features], initializer: .zeros) : nil
  }

  mutating func visit(_ visitor: inout LayerVisitor) {
    visitor.parameter("scale", &scale)
    visitor.parameter("shift", &shift)
  }

  /// The parameters as they are in a forward pass; stops at one without a value.
  func noted(layer: String, path: String) -> [NotedParameter] {
    requireInitialized([("scale", scale), ("shift", shift)], layer: layer, path: path)
    return [(scale, "scale"), (shift, "shift")].compactMap { parameter, name in
      parameter.map { NotedParameter($0, name) }
    }
  }

  /// The pullback of a normalisation. It stops at a gradient of another shape and at a parameter that has changed.
  ///
  /// - Parameters:
  ///   - noted: what ``noted(layer:path:)`` gave in the forward pass.
  ///   - layer: the layer's name, for messages.
  ///   - shape: of the output.
  ///   - normalised: gives z, what the scale multiplies.
  ///   - inputGradient: gives the gradient of the input from that of the output.
  func pullback(
    _ noted: [NotedParameter], layer: String, shape: [Int], _ pass: Pass,
    normalised: @escaping () -> Tensor, inputGradient: @escaping (Tensor) -> Tensor
  ) -> Pullback {
    if pass.gradients.isEmpty { return .none }
    return Pullback { outputGradient in
      requireGradient(outputGradient, shape: shape, layer: layer, path: pass.path)
      for parameter in noted { parameter.requireUnchanged(layer: layer, path: pass.path) }
      if pass.gradients.contains(.parameters) {
        addGradients(outputGradient, normalised: normalised)
      }
      return pass.gradients.contains(.input) ? inputGradient(outputGradient) : nil
    }
  }

  /// dscale += Σ_rows dy ∘ z and dshift += Σ_rows dy, each row after row, from what is there.
  ///
  /// - Parameters:
  ///   - normalised: gives z, what the scale multiplies; asked only where there is a scale.
  ///   - outputGradient: dy.
  private func addGradients(_ outputGradient: Tensor, normalised: () -> Tensor) {
    guard let scale, let shift else { return }
    scale.addToGradient(columnSumsOf: outputGradient * normalised())
    shift.addToGradient(columnSumsOf: outputGradient)
  }
}
