import DitherRuntime
public import NoiseDistributions

/// What one forward pass is to do: the noise (none, or the stream it is drawn from) and the gradients that its pullback
/// will be asked for. The two are independent.
///
/// ```swift
/// let model = Sequential(seed: 7) { Linear(inputs: 8, outputs: 2) }
/// let noise = NoiseStream(seed: 42)
/// let (logits, pullback) = model.forward(Tensor(zeros: [1, 8]), .training(noise.at(step: 12)))
/// ```
public struct Pass: Sendable {
  /// The gradients that a pullback computes.
  public struct Gradients: OptionSet, Hashable, Sendable {
    /// 1 for the input's gradient plus 2 for the parameters'.
    public let rawValue: Int
    /// The gradients of a raw value.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// No gradient: the pullback cannot be called.
    public static let none: Gradients = []
    /// The gradient of the input, which the pullback returns.
    public static let input = Gradients(rawValue: 1)
    /// The gradients of the parameters, which the pullback adds to those that they hold.
    public static let parameters = Gradients(rawValue: 2)
    /// Both.
    public static let both: Gradients = [.input, .parameters]
  }

  /// Where noise is drawn from; nil for a pass without noise, which touches no generator.
  public let noise: NoiseStream?
  /// The gradients that the pullback computes.
  public let gradients: Gradients
  /// Where in the network the layer is: the names of the children from the root, joined by points; empty at the root.
  public let path: String

  private init(noise: NoiseStream?, gradients: Gradients, path: String = "") {
    self.noise = noise
    self.gradients = gradients
    self.path = path
  }

  /// No noise and no gradients.
  public static let inference = Pass(noise: nil, gradients: .none)

  /// Noise drawn from `stream` in the domain of training, whatever the stream's own domain.
  ///
  /// - Parameters:
  ///   - stream: at the training step: `stream.at(step: optimizer.stepCount)`; for a part of a batch also at its
  ///     first row: `.rows(from: 64)`.
  ///   - gradients: what the pullback computes.
  public static func training(_ stream: NoiseStream, gradients: Gradients = .parameters) -> Pass {
    Pass(noise: stream.in(.training), gradients: gradients)
  }

  /// Noise drawn from `stream` in the domain of sampling, whatever the stream's own: for several noisy answers of a
  /// trained network.
  ///
  /// - Parameters:
  ///   - stream: at the sample: `stream.at(step: sample)`.
  ///   - gradients: what the pullback computes.
  public static func sampling(_ stream: NoiseStream, gradients: Gradients = .none) -> Pass {
    Pass(noise: stream.in(.sampling), gradients: gradients)
  }

  /// No noise, but gradients: as at inference, with a pullback.
  public static func withoutNoise(gradients: Gradients) -> Pass {
    Pass(noise: nil, gradients: gradients)
  }

  /// The pass for a child: the same noise, under the child's path.
  ///
  /// A composite that uses one child more than once in a pass must number the uses by `occurrence`: two uses under one
  /// path have one address, so they draw the same noise. That cannot be told from two passes, and so is not refused.
  ///
  /// - Parameters:
  ///   - name: the name under which ``Layer/visit(_:)`` shows the child: not empty, without a point or `#`.
  ///   - occurrence: which use of the child this is, from 0. Uses after the first have paths of their own
  ///     (`name#1`, `name#2`); the names of parameters do not change.
  ///   - needsInputGradient: whether the child's pullback must return the gradient of its input. By default it must
  ///     whenever this pass wants any gradient. It never must where the pass wants none.
  public func child(
    _ name: String, occurrence: Int = 0, needsInputGradient: Bool? = nil
  ) -> Pass {
    requireChildName(name, of: path)
    require(
      occurrence >= 0,
      "Pass.child(\"\(name)\") at path \"\(path)\": occurrence is \(occurrence); expected 0 or more"
    )
    var childGradients = gradients.intersection(.parameters)
    if !gradients.isEmpty && (needsInputGradient ?? true) { childGradients.insert(.input) }
    let use = occurrence == 0 ? name : "\(name)#\(occurrence)"
    return Pass(
      noise: noise, gradients: childGradients, path: path.isEmpty ? use : "\(path).\(use)")
  }
}

/// Points join names to paths, and `#` numbers uses: neither may be in a name.
func requireChildName(_ name: String, of path: String) {
  require(
    !name.isEmpty && !name.utf8.contains(UInt8(ascii: "."))
      && !name.utf8.contains(UInt8(ascii: "#")),
    "a child of the layer at path \"\(path)\" is named \"\(name)\"; expected a name that is not empty and holds no \".\" or \"#\""
  )
}
