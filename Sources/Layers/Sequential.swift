import DitherRuntime
public import DitherTensors

/// Layers one after the other, each on the output of the one before. Their names are their places: "0", "1", …
///
/// ```swift
/// let model = Sequential(seed: 7) {
///   Linear(inputs: 64, outputs: 32).noise(.dropout(rate: 0.2), on: .output)
///   ReLU()
///   Linear(inputs: 32, outputs: 10)
/// }
/// ```
public struct Sequential: Layer {
  /// The layers in their order.
  public private(set) var layers: [any Layer]

  /// The first layer that has parameters: no gradient need be taken back beyond it for the parameters' sake.
  private let firstWithParameters: Int

  /// The layers of a list.
  public init(_ layers: [any Layer]) {
    self.layers = layers
    firstWithParameters = layers.firstIndex { !$0.parameters.isEmpty } ?? layers.count
  }

  /// The layers that `layers` lists, with `if` and `for` where wanted.
  ///
  /// - Parameters:
  ///   - seed: gives the parameters that have no value their first, as ``Layer/initialized(seed:)`` does; nil leaves them
  ///     without, for the network that this becomes a part of.
  ///   - layers: a list of layers.
  public init(seed: UInt64? = nil, @SequentialBuilder _ layers: () -> [any Layer]) {
    let sequential = Sequential(layers())
    self = if let seed { sequential.initialized(seed: seed) } else { sequential }
  }

  public mutating func visit(_ visitor: inout LayerVisitor) {
    for index in layers.indices { visitor.child(String(index), &layers[index]) }
  }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    let wantsInput = pass.gradients.contains(.input)
    // The backward pass goes down to this layer and no further.
    let last = wantsInput ? 0 : firstWithParameters
    var pullbacks: [Pullback] = []
    if !pass.gradients.isEmpty { pullbacks.reserveCapacity(layers.count) }
    var value = input
    for (index, layer) in layers.enumerated() {
      let needsInputGradient = wantsInput || index > last
      let child = pass.child(String(index), needsInputGradient: needsInputGradient)
      let (output, pullback) = layer.forward(value, child)
      child.report(output, of: value)
      value = output
      if !pass.gradients.isEmpty { pullbacks.append(pullback) }
    }
    pass.report(value, of: input)
    if pass.gradients.isEmpty { return (value, .none) }
    return (
      value,
      Pullback { [layers] outputGradient in
        var gradient = outputGradient
        for index in layers.indices.reversed() where index >= last {
          let inputGradient = pullbacks[index](gradient)
          if index == last && !wantsInput { return nil }
          gradient = requireInputGradient(
            inputGradient, of: layers[index], path: pass.child(String(index)).path)
        }
        return wantsInput ? gradient : nil
      }
    )
  }
}
