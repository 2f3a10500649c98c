public import DitherTensors
import NoiseDistributions

/// A linear layer whose weight is normal, drawn once a pass, with signs drawn anew for each row of the batch: Flipout.
///
/// With E a standard normal number for each element of the weight, the same for the whole pass, and r and q signs, ±1, for
/// each row and input and each row and output:
///
///     y = x·Wᵀ + b + ((x ∘ r)·(S ∘ E)ᵀ) ∘ q
///
/// A row has the weights W + S ∘ E ∘ q·rᵀ, each normal with mean W and standard deviation S. Two rows share |E| but not its
/// signs, so that their noise is uncorrelated, and the mean over a batch varies much less than with one weight for all.
///
/// In passes without noise y = x·Wᵀ + b. The draws are at the sites "weight" (E), "input" (r) and "output" (q).
///
/// The input has shape [batch, inputs], or more axes before the last, which the output has too; W and S [outputs, inputs], b
/// [outputs], the output [batch, outputs]. What is trained of S is its logarithm.
///
/// ```swift
/// let layer = FlipoutLinear(inputs: 64, outputs: 10, standardDeviation: 0.05).initialized(seed: 7)
/// let (logits, _) = layer.forward(Tensor(zeros: [32, 64]), .training(NoiseStream(seed: 42).at(step: 0)))
/// ```
///
/// Source: Wen, Vicol, Ba, Tran & Grosse, *Flipout: efficient pseudo-independent weight perturbations on mini-batches*
/// (2018), section 3.
public struct FlipoutLinear: Layer {
  private var gaussian: GaussianWeight

  private static let normal: [NoiseRule] = [.multiplying(Gaussian(standardDeviation: 1))]
  /// 2·d − 1 of a d that is 0 or 1.
  private static let signs: [NoiseRule] = [
    .multiplying(Bernoulli(probability: 0.5), scale: .fixed(2))
  ]

  /// W, shape [outputs, inputs].
  public var weight: Parameter { gaussian.mean }
  /// ln S, shape [outputs, inputs].
  public var logStandardDeviation: Parameter { gaussian.logStandardDeviation }
  /// b, shape [outputs]; nil for a layer without.
  public var bias: Parameter? { gaussian.bias }
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
  ///   - standardDeviation: the first value of every element of S; finite, above 0.
  ///   - bias: whether a bias is added; it begins at zero and has no noise.
  ///   - initializer: for W.
  public init(
    inputs: Int, outputs: Int, standardDeviation: Float, bias: Bool = true,
    initializer: Initializer = .xavierUniform
  ) {
    gaussian = GaussianWeight(
      "FlipoutLinear", inputs: inputs, outputs: outputs, standardDeviation: standardDeviation,
      bias: bias, initializer: initializer)
  }

  public mutating func visit(_ visitor: inout LayerVisitor) {
    gaussian.visit(&visitor)
    visitor.noise("weight", FlipoutLinear.normal)
    visitor.noise("input", FlipoutLinear.signs)
    visitor.noise("output", FlipoutLinear.signs)
  }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    overRows(input, columns: inputs, layer: "FlipoutLinear", pass) { forwardRows($0, $1) }
  }

  private func forwardRows(
    _ input: Tensor, _ pass: Pass
  ) -> (output: Tensor, pullback: Pullback) {
    gaussian.requireInitialized(layer: "FlipoutLinear", path: pass.path)
    let batch = input.shape[0]
    let mean = meanCall("FlipoutLinear", weight: weight, bias: bias, batch: batch, pass)
    if pass.noise == nil { return sum(of: mean, and: nil, of: input, pass) }
    let noise = LinearCall(
      layer: "FlipoutLinear", path: pass.path,
      weight: LinearOperand(
        logStandardDeviation, "logStandardDeviation", rules: FlipoutLinear.normal, site: "weight",
        pass: pass, power: 1),
      bias: nil,
      inputNoise: pass.prepared(FlipoutLinear.signs, site: "input", rows: batch, columns: inputs),
      outputNoise: pass.prepared(
        FlipoutLinear.signs, site: "output", rows: batch, columns: outputs),
      batch: batch)
    return sum(of: mean, and: noise, of: input, pass)
  }
}
