import CKernels
import DitherRuntime
public import DitherTensors
public import NoiseDistributions

/// A linear layer: y = x·Wᵀ + b, with noise on its input, its weight, its bias, its output, or several of them.
///
/// The input has shape [batch, inputs], the weight [outputs, inputs], the bias [outputs], the output [batch, outputs]. The input
/// may have more axes before the last, as [batch, time, inputs], and the output has them too: together they are the rows, in the
/// order of memory, and a row's noise is that of its number there.
/// Each output element is one chain of fused multiply-adds that starts from its bias and goes up the inputs, whatever
/// runs it. An empty batch gives an empty output.
///
/// ```swift
/// let layer = Linear(inputs: 64, outputs: 10)
///   .noise(.adding(Gaussian(standardDeviation: 0.2)), on: .input)
///   .initialized(seed: 7)
/// ```
public struct Linear: Layer {
  /// Shape [outputs, inputs].
  public private(set) var weight: Parameter
  /// Shape [outputs]; nil for a layer without.
  public private(set) var bias: Parameter?
  /// The rules on the input, in the order in which they apply.
  public internal(set) var inputNoise: [NoiseRule] = []
  /// The rules on the weight, in the order in which they apply.
  public internal(set) var weightNoise: [NoiseRule] = []
  /// The rules on the bias, in the order in which they apply.
  public internal(set) var biasNoise: [NoiseRule] = []
  /// The rules on the output, in the order in which they apply.
  public internal(set) var outputNoise: [NoiseRule] = []

  /// The parameters of the scales that rules learn.
  var scales = LearnedScales()

  /// Columns of the input.
  public var inputs: Int { weight.shape[1] }
  /// Columns of the output.
  public var outputs: Int { weight.shape[0] }

  /// A layer whose parameters have no values yet: ``Sequential/init(seed:_:)`` or ``Layer/initialized(seed:)`` gives
  /// them.
  ///
  /// - Parameters:
  ///   - inputs: columns of the input, at least 1.
  ///   - outputs: columns of the output, at least 1.
  ///   - bias: whether a bias is added; it begins at zero.
  ///   - initializer: for the weight. Before a ReLU, ``Initializer/heUniform`` keeps the signal's variance.
  public init(
    inputs: Int, outputs: Int, bias: Bool = true, initializer: Initializer = .xavierUniform
  ) {
    require(inputs >= 1, "Linear: inputs is \(inputs); expected at least 1")
    require(outputs >= 1, "Linear: outputs is \(outputs); expected at least 1")
    self.weight = Parameter(shape: [outputs, inputs], initializer: initializer)
    self.bias = bias ? Parameter(shape: [outputs], initializer: .zeros) : nil
  }

  /// A layer with the values given.
  ///
  /// - Parameters:
  ///   - weight: shape [outputs, inputs].
  ///   - bias: shape [outputs]; nil for a layer without.
  public init(weight: Tensor, bias: Tensor?) {
    self.init(weight: Parameter(weight), bias: bias.map { Parameter($0) })
  }

  /// A layer over parameters that exist, to share them with another layer.
  ///
  /// - Parameters:
  ///   - weight: shape [outputs, inputs].
  ///   - bias: shape [outputs]; nil for a layer without.
  public init(weight: Parameter, bias: Parameter?) {
    require(
      weight.shape.count == 2,
      "Linear: the weight has shape \(weight.shape); expected [outputs, inputs]")
    if let bias {
      require(
        bias.shape == [weight.shape[0]],
        "Linear: the bias has shape \(bias.shape); expected [\(weight.shape[0])], the outputs of the weight \(weight.shape)"
      )
    }
    self.weight = weight
    self.bias = bias
  }

  public mutating func visit(_ visitor: inout LayerVisitor) {
    visitor.linearWeight("weight", &weight)
    visitor.parameter("bias", &bias)
    scales.visit(&visitor)
    visitor.noise("input", inputNoise)
    visitor.noise("weight", weightNoise)
    visitor.noise("bias", biasNoise)
    visitor.noise("output", outputNoise)
  }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    overRows(input, columns: inputs, layer: "Linear", pass) { forwardRows($0, $1) }
  }

  private func forwardRows(
    _ input: Tensor, _ pass: Pass
  ) -> (output: Tensor, pullback: Pullback) {
    requireInitialized(weight, "weight", layer: "Linear", path: pass.path)
    if let bias { requireInitialized(bias, "bias", layer: "Linear", path: pass.path) }
    let batch = input.shape[0]
    var call = LinearCall(
      layer: "Linear", path: pass.path,
      weight: LinearOperand(
        weight, "weight", rules: weightNoise, site: "weight", scales: scales, pass: pass),
      bias: bias.map {
        LinearOperand($0, "bias", rules: biasNoise, site: "bias", scales: scales, pass: pass)
      },
      inputNoise: pass.prepared(
        inputNoise, site: "input", rows: batch, columns: inputs, scales: scales),
      outputNoise: pass.prepared(
        outputNoise, site: "output", rows: batch, columns: outputs, scales: scales),
      batch: batch)
    let output = call.measuredOutput(of: input)
    if pass.gradients.isEmpty { return (output, .none) }
    let pullback = call.pullback(input: input, gradients: pass.gradients)
    return (output, call.learning(scales, pullback, input: input, pass))
  }
}
