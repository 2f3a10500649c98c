import DitherRuntime
public import DitherTensors
import NoiseDistributions

/// A linear layer with factorised Gaussian noise on its weight and bias, of a trained size, and drawn anew for each row of
/// the batch: the noisy layer of NoisyNet.
///
/// With ε_in one standard normal number for each row and input, ε_out one for each row and output, and
/// f(ε) = sgn(ε)·√|ε|:
///
///     y = x·(W + S ∘ f(ε_out)·f(ε_in)ᵀ)ᵀ + b + s ∘ f(ε_out)
///       = x·Wᵀ + b + ((x ∘ f(ε_in))·Sᵀ + s) ∘ f(ε_out)
///
/// so that a row takes two products, whatever its own weights are. The noise on an element of the weight has variance
/// S²·2/π, that on an element of the bias s²·√(2/π). S and s may take either sign: the noise is symmetric.
///
/// In passes without noise y = x·Wᵀ + b. The draws are at the sites "input" and "output".
///
/// The input has shape [batch, inputs], or more axes before the last, which the output has too; W and S [outputs, inputs], b
/// and s [outputs], the output [batch, outputs].
///
/// ```swift
/// let layer = NoisyLinear(inputs: 64, outputs: 4).initialized(seed: 7)
/// let (values, _) = layer.forward(Tensor(zeros: [1, 64]), .training(NoiseStream(seed: 42).at(step: 0)))
/// ```
///
/// Source: Fortunato et al., *Noisy networks for exploration* (2018), section 3, factorised noise.
public struct NoisyLinear: Layer {
  /// W, shape [outputs, inputs]. Begins uniform in ±1/√inputs.
  public private(set) var weight: Parameter
  /// S, shape [outputs, inputs]. Begins at 0.5/√inputs.
  public private(set) var weightSigma: Parameter
  /// b, shape [outputs]; nil for a layer without. Begins uniform in ±1/√inputs.
  public private(set) var bias: Parameter?
  /// s, shape [outputs]; nil for a layer without a bias. Begins at 0.5/√inputs.
  public private(set) var biasSigma: Parameter?

  private static let rules: [NoiseRule] = [.multiplying(SignedRoot())]

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
  ///   - bias: whether a bias is added.
  ///   - sigma: σ₀ of the first S and s, σ₀/√inputs; finite, 0 or more. The paper has 0.5.
  public init(inputs: Int, outputs: Int, bias: Bool = true, sigma: Float = 0.5) {
    require(inputs >= 1, "NoisyLinear: inputs is \(inputs); expected at least 1")
    require(outputs >= 1, "NoisyLinear: outputs is \(outputs); expected at least 1")
    require(
      sigma >= 0 && sigma.isFinite,
      "NoisyLinear: sigma is \(sigma); expected a finite number, 0 or more")
    let root = Float(inputs).squareRoot()
    let mean = Initializer.drawn(from: Uniform(halfWidth: 1 / root))
    let size = Initializer.constant(sigma / root)
    weight = Parameter(shape: [outputs, inputs], initializer: mean)
    weightSigma = Parameter(shape: [outputs, inputs], initializer: size)
    self.bias = bias ? Parameter(shape: [outputs], initializer: mean) : nil
    biasSigma = bias ? Parameter(shape: [outputs], initializer: size) : nil
  }

  public mutating func visit(_ visitor: inout LayerVisitor) {
    visitor.linearWeight("weight", &weight)
    visitor.parameter("weightSigma", &weightSigma)
    visitor.parameter("bias", &bias)
    visitor.parameter("biasSigma", &biasSigma)
    for site in ["input", "output"] {
      visitor.noise(site, description: "factorised, sgn(ε)·√|ε| of standard normal ε")
    }
  }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    overRows(input, columns: inputs, layer: "NoisyLinear", pass) { forwardRows($0, $1) }
  }

  private func forwardRows(
    _ input: Tensor, _ pass: Pass
  ) -> (output: Tensor, pullback: Pullback) {
    requireInitialized(
      [
        ("weight", weight), ("weightSigma", weightSigma), ("bias", bias), ("biasSigma", biasSigma),
      ], layer: "NoisyLinear", path: pass.path)
    let batch = input.shape[0]
    let mean = meanCall("NoisyLinear", weight: weight, bias: bias, batch: batch, pass)
    if pass.noise == nil { return sum(of: mean, and: nil, of: input, pass) }
    let noise = LinearCall(
      layer: "NoisyLinear", path: pass.path,
      weight: LinearOperand(weightSigma, "weightSigma", pass: pass),
      bias: biasSigma.map { LinearOperand($0, "biasSigma", pass: pass) },
      inputNoise: pass.prepared(NoisyLinear.rules, site: "input", rows: batch, columns: inputs),
      outputNoise: pass.prepared(NoisyLinear.rules, site: "output", rows: batch, columns: outputs),
      batch: batch)
    return sum(of: mean, and: noise, of: input, pass)
  }
}
