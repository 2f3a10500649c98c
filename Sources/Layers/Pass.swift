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

  /// Where the noise of the layer is drawn from; nil where it has none, and no generator is touched.
  ///
  /// Its first row is the first sample of the pass's batch. A layer that draws k rows for each sample draws them from
  /// `noise.rows(from: k * noise.firstRow)`, as those of this module do.
  public var noise: NoiseStream? {
    guard let noisyLayers else { return stream }
    let isNoisy = noisyLayers.contains { layer == $0 || layer.hasPrefix("\($0).") }
    return isNoisy ? stream : nil
  }
  /// The gradients that the pullback computes.
  public private(set) var gradients: Gradients
  /// Whether the pass is one of training: ``training(_:gradients:)`` or ``training(gradients:)``. What a layer does in training
  /// besides its noise it does in these alone, such as ``BatchNorm``, which takes the batch's statistics.
  public private(set) var isTraining: Bool
  /// Where in the network the layer is: the names of the children from the root, joined by points; empty at the root.
  public private(set) var path = ""
  /// How many samples of each row of the batch are true, where rows are padded: see ``rows(ofLengths:)``.
  public internal(set) var rowLengths: [Int]?
  /// Is told of layers' outputs, for a summary or a search; nil in all other passes.
  package var observer: PassObserver?

  private var stream: NoiseStream?
  /// The layers that have noise; nil for all.
  private var noisyLayers: [String]?
  /// The path without the numbers of uses.
  private(set) var layer = ""

  private init(noise: NoiseStream?, gradients: Gradients, isTraining: Bool = false) {
    stream = noise
    self.gradients = gradients
    self.isTraining = isTraining
  }

  /// No noise and no gradients.
  public static let inference = Pass(noise: nil, gradients: .none)

  /// Noise drawn from `stream` in the domain of training, whatever the stream's own domain.
  ///
  /// - Parameters:
  ///   - stream: at the training step: `stream.at(step: optimizer.stepCount)`; for a part of a batch also at its
  ///     first sample: `.rows(from: 64)`.
  ///   - gradients: what the pullback computes.
  public static func training(_ stream: NoiseStream, gradients: Gradients = .parameters) -> Pass {
    Pass(noise: stream.in(.training), gradients: gradients, isTraining: true)
  }

  /// Training without noise: what else a layer does in training it does, as in ``training(_:gradients:)``.
  ///
  /// - Parameter gradients: what the pullback computes.
  public static func training(gradients: Gradients = .parameters) -> Pass {
    Pass(noise: nil, gradients: gradients, isTraining: true)
  }

  /// Noise drawn from `stream` in the domain of sampling, whatever the stream's own: noise at inference, for several noisy
  /// answers of a trained network. ``noise(onlyAt:of:)`` has it at some of the layers.
  ///
  /// - Parameters:
  ///   - stream: at the sample: `stream.at(step: sample)`.
  ///   - gradients: what the pullback computes.
  public static func sampling(_ stream: NoiseStream, gradients: Gradients = .none) -> Pass {
    Pass(noise: stream.in(.sampling), gradients: gradients)
  }

  /// The pass with its noise at some layers alone, and off at all others.
  ///
  /// ```swift
  /// let model = Sequential(seed: 7) {
  ///   Linear(inputs: 8, outputs: 8).noise(.adding(Gaussian(standardDeviation: 0.1)), on: .input)
  ///   Dropout(rate: 0.5)
  ///   Linear(inputs: 8, outputs: 2)
  /// }
  /// let noise = NoiseStream(seed: 42)
  /// // Inference with the first layer's noise, without dropout.
  /// let pass = Pass.sampling(noise.at(step: 0)).noise(onlyAt: ["0"], of: model)
  /// let output = model.forward(Tensor(zeros: [1, 8]), pass).output
  /// ```
  ///
  /// - Parameters:
  ///   - layers: their paths in `model` (`"0"`, `"2.inner"`); a layer's noise includes that of the layers within it. A
  ///     path that `model` does not have stops the program.
  ///   - model: the layer that the pass is for.
  public func noise(onlyAt layers: [String], of model: some Layer) -> Pass {
    let known = model.layerPaths
    for layer in layers {
      require(
        known.contains(layer),
        "Pass.noise(onlyAt:): there is no layer at path \"\(layer)\"; expected one of \(known)")
    }
    var pass = self
    pass.noisyLayers = layers.map { self.layer.isEmpty ? $0 : "\(self.layer).\($0)" }
    return pass
  }

  /// No noise, but gradients: as at inference, with a pullback. (To train without noise: ``training(gradients:)``.)
  public static func withoutNoise(gradients: Gradients) -> Pass {
    Pass(noise: nil, gradients: gradients)
  }

  /// The pass for the matrix of an input with `perSample` rows for each sample: it begins at as many times the first sample.
  func ofRows(perSample: Int) -> Pass {
    guard let stream else { return self }
    let (firstRow, overflow) = stream.firstRow.multipliedReportingOverflow(by: perSample)
    var pass = self
    pass.stream = stream.rows(from: overflow ? Int.max : firstRow)
    return pass
  }

  /// The pass for a child: the same noise, under the child's path.
  ///
  /// A composite that uses one child more than once in a pass must number the uses by `occurrence`: two uses under one
  /// path have one address, so they draw the same noise. That cannot be told from two passes, and so is not refused; it is
  /// what a recurrent network wants that keeps one mask over its time steps (Gal & Ghahramani 2016).
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
    var pass = self
    pass.gradients = childGradients
    pass.path = path.isEmpty ? use : "\(path).\(use)"
    pass.layer = layer.isEmpty ? name : "\(layer).\(name)"
    return pass
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
