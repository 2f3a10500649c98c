public import DitherTensors
import NoiseDistributions

/// A linear layer whose weight is normal and drawn anew for each row of the batch, by way of its outputs: the local
/// reparameterisation.
///
/// The outputs of a row whose weights are drawn from N(W, S²), independently, are normal and independent too. With ε one
/// standard normal number for each row and output:
///
///     y = x·Wᵀ + b + √((x ∘ x)·(S ∘ S)ᵀ) ∘ ε
///
/// A row takes two products and one draw an output, where drawing its weights would take one an element of them.
/// The gradient of the root is taken as 0 where the root is.
///
/// In passes without noise y = x·Wᵀ + b. The draws are at the site "output".
///
/// The input has shape [batch, inputs], or more axes before the last, which the output has too; W and S [outputs, inputs], b
/// [outputs], the output [batch, outputs]. What is trained of S is its logarithm.
///
/// ```swift
/// let layer = LocalReparameterizationLinear(inputs: 64, outputs: 10, standardDeviation: 0.05)
///   .initialized(seed: 7)
/// let (logits, _) = layer.forward(Tensor(zeros: [32, 64]), .training(NoiseStream(seed: 42).at(step: 0)))
/// ```
///
/// Source: Kingma, Salimans & Welling, *Variational dropout and the local reparameterization trick* (2015), section 2.2.
public struct LocalReparameterizationLinear: Layer {
  private var gaussian: GaussianWeight

  private static let normal: [NoiseRule] = [.multiplying(Gaussian(standardDeviation: 1))]
  private static let name = "LocalReparameterizationLinear"

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
      Self.name, inputs: inputs, outputs: outputs, standardDeviation: standardDeviation,
      bias: bias, initializer: initializer)
  }

  public mutating func visit(_ visitor: inout LayerVisitor) {
    gaussian.visit(&visitor)
    visitor.noise("output", Self.normal)
  }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    overRows(input, columns: inputs, layer: Self.name, pass) { forwardRows($0, $1) }
  }

  private func forwardRows(
    _ input: Tensor, _ pass: Pass
  ) -> (output: Tensor, pullback: Pullback) {
    gaussian.requireInitialized(layer: Self.name, path: pass.path)
    let batch = input.shape[0]
    let mean = meanCall(Self.name, weight: weight, bias: bias, batch: batch, pass)
    if pass.noise == nil { return sum(of: mean, and: nil, of: input, pass) }
    // S² as e^(2·ln S).
    let variance = LinearCall(
      layer: Self.name, path: pass.path,
      weight: LinearOperand(logStandardDeviation, "logStandardDeviation", pass: pass, power: 2),
      bias: nil, inputNoise: .none, outputNoise: .none, batch: batch)
    let noise = pass.prepared(Self.normal, site: "output", rows: batch, columns: outputs)
    let squares = input * input
    let deviation = variance.output(of: squares).squareRoot()
    var output = mean.output(of: input)
    output += noise.applied(to: deviation)
    if pass.gradients.isEmpty { return (output, .none) }
    let meanPullback = mean.pullback(input: input, gradients: pass.gradients)
    let variancePullback = variance.pullback(input: squares, gradients: pass.gradients)
    return (
      output,
      Pullback { outputGradient in
        let fromMean = meanPullback(outputGradient)
        // d√v = dv / 2√v. Where √v is 0 so are the inputs that dv will meet, or S.
        var varianceGradient = noise.gradient(of: outputGradient)
        varianceGradient *= 0.5
        varianceGradient /= Tensor.pointwiseMaximum(deviation, Tensor([0x1p-60]))
        let fromSquares = variancePullback(varianceGradient)
        guard var inputGradient = fromMean, var fromSquares else { return nil }
        fromSquares *= input
        inputGradient.add(fromSquares, times: 2)
        return inputGradient
      }
    )
  }
}
