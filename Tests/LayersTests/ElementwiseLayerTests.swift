import DitherTensors
import Foundation
import Layers
import NoiseDistributions
import Testing

/// The activation layers with their functions in double precision.
enum ActivationCase: String, CaseIterable, Sendable {
  case relu, tanh, sigmoid, gelu
  case leakyReLU, elu, selu, silu, softplus

  var layer: any Layer {
    switch self {
    case .relu: ReLU()
    case .tanh: Tanh()
    case .sigmoid: Sigmoid()
    case .gelu: GELU()
    case .leakyReLU: LeakyReLU(negativeSlope: 0.1)
    case .elu: ELU(alpha: 1.5)
    case .selu: SELU()
    case .silu: SiLU()
    case .softplus: Softplus(beta: 0.7)
    }
  }

  func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .relu: max(x, 0)
    case .tanh: Foundation.tanh(x)
    case .sigmoid: 1 / (1 + Foundation.exp(-x))
    case .gelu: x * 0.5 * (1 + Foundation.erf(x / 2.0.squareRoot()))
    case .leakyReLU: x > 0 ? x : 0.1 * x
    case .elu: x > 0 ? x : 1.5 * Foundation.expm1(x)
    case .selu:
      1.0507009873554805 * (x > 0 ? x : 1.6732632423543773 * Foundation.expm1(x))
    case .silu: x / (1 + Foundation.exp(-x))
    case .softplus: Foundation.log1p(Foundation.exp(0.7 * x)) / 0.7
    }
  }
}

@Suite("Activations, Perturb and Dropout")
struct ElementwiseLayerTests {
  @Test(
    "Activations: outputs and gradients agree with a double-precision reference",
    arguments: ActivationCase.allCases)
  func activations(activation: ActivationCase) throws {
    for shape in [[1, 1], [5, 7], [13, 65]] {
      let x = gaussians(shape, seed: 1, scale: 2)
      let outputGradient = gaussians(shape, seed: 2)
      let (output, pullback) = activation.layer.forward(x, .withoutNoise(gradients: .both))
      expectClose(output, x.scalars.map { activation(Double($0)) }, tolerance: 1e-6)
      let gradient = try #require(pullback(outputGradient))
      expectGradients(
        [("input", gradient)],
        of: { $0[0].map { activation($0) }.dot(Matrix(outputGradient)) }, at: [Matrix(x)])
    }
  }

  @Test("Activations take any shape, an empty one too", arguments: ActivationCase.allCases)
  func activationShapes(activation: ActivationCase) {
    for shape in [[], [4], [2, 3, 4], [0, 5]] {
      let (output, pullback) = activation.layer.forward(
        Tensor(repeating: 0.5, shape: shape), .withoutNoise(gradients: .input))
      #expect(output.shape == shape)
      #expect(pullback(output)?.shape == shape)
    }
  }

  @Test(
    "At infinities and NaN activations have their limits, and small numbers below 0 keep their digits"
  )
  func activationLimits() {
    let x = Tensor([-.infinity, -100, .infinity, .nan, -1e-6])
    let leaky = LeakyReLU()(x).scalars
    #expect(leaky[0] == -.infinity && leaky[2] == .infinity && leaky[3].isNaN)
    let elu = ELU(alpha: 2)(x).scalars
    #expect(elu[0] == -2 && elu[1] == -2 && elu[2] == .infinity && elu[3].isNaN)
    #expect(abs(elu[4] - 2 * Float(Foundation.expm1(Double(Float(-1e-6))))) < 1e-12)
    let silu = SiLU()(x).scalars
    #expect(silu[0] == 0 && silu[1] == 0 && silu[2] == .infinity && silu[3].isNaN)
    let softplus = Softplus()(x).scalars
    #expect(softplus[0] == 0 && softplus[2] == .infinity && softplus[3].isNaN)
    for layer in [ELU(), SELU(), SiLU(), Softplus()] as [any Layer] {
      let (_, pullback) = layer.forward(x, .withoutNoise(gradients: .input))
      let slopes = pullback(Tensor(repeating: 1, shape: [5]))!.scalars
      #expect(slopes[0] == 0 && slopes[3].isNaN, "\(layer)")
      #expect(slopes[2] == 1 || layer is SELU, "\(layer)")
    }
  }

  @Test("ReLU has the derivative 0 at 0 and lets NaN through")
  func reluCorners() {
    let x = Tensor([0, -0.0, .nan, .infinity, -.infinity])
    let (output, pullback) = ReLU().forward(x, .withoutNoise(gradients: .input))
    #expect(bits(output).prefix(2).allSatisfy { $0 << 1 == 0 })
    #expect(output[2].isNaN && output[3] == .infinity && output[4] == 0)
    let gradient = pullback(Tensor(repeating: 1, shape: [5]))!
    #expect(gradient[0] == 0 && gradient[1] == 0 && gradient[3] == 1 && gradient[4] == 0)
  }

  @Test("Perturb: output and gradient agree with a reference", arguments: RuleCase.allCases)
  func perturb(rule: RuleCase) throws {
    for (rows, columns) in [(1, 3), (9, 32), (10, 70)] {
      let pass = Pass.training(NoiseStream(seed: 7).at(step: 2).rows(from: 3), gradients: .input)
        .child("4")
      let x = gaussians([rows, columns], seed: 1)
      let outputGradient = gaussians([rows, columns], seed: 2)
      let coefficients = rule.coefficients(
        pass, site: .input, rows: rows, columns: columns, operand: Matrix(x))
      let (output, pullback) = Perturb(rule.rule).forward(x, pass)
      expectClose(output, Matrix(x).applying(coefficients).values, tolerance: 1e-6)
      let gradient = try #require(pullback(outputGradient))
      expectGradients(
        [("input", gradient)],
        of: { $0[0].applying(coefficients).dot(Matrix(outputGradient)) }, at: [Matrix(x)])
    }
  }

  @Test("Dropout is Perturb with its rule")
  func dropoutIsPerturb() {
    let x = gaussians([20, 50], seed: 1)
    let pass = Pass.training(NoiseStream(seed: 1), gradients: .input)
    let dropout = Dropout(rate: 0.3).forward(x, pass)
    let perturb = Perturb(.dropout(rate: 0.3)).forward(x, pass)
    #expect(bits(dropout.output) == bits(perturb.output))
    #expect(bits(dropout.pullback(x)!) == bits(perturb.pullback(x)!))
  }

  @Test("Dropout at rate 1 gives zeros, also of infinity and NaN, and at rate 0 the identity")
  func dropoutEnds() {
    let x = Tensor([1, -2, .infinity, -.infinity, .nan, 0.5], shape: [1, 6])
    let pass = Pass.training(NoiseStream(seed: 1), gradients: .input)
    let (zeros, pullback) = Dropout(rate: 1).forward(x, pass)
    #expect(zeros == Tensor(zeros: [1, 6]))
    #expect(pullback(x) == Tensor(zeros: [1, 6]))
    let (same, identity) = Dropout(rate: 0).forward(x, pass)
    #expect(bits(same) == bits(x))
    #expect(bits(identity(x)!) == bits(x))
  }

  @Test("Dropout keeps the mean: over 2²⁰ elements to six standard errors")
  func dropoutMean() {
    // A kept element is 1 / (1 - p): variance p / (1 - p), so the standard error is √(0.25 / 0.75) / 1024 = 5.6e-4.
    // Six of them fail by chance once in 5e8.
    let ones = Tensor(repeating: 1, shape: [1024, 1024])
    let output = Dropout(rate: 0.25).forward(ones, .training(NoiseStream(seed: 3))).output
    #expect(abs(output.mean() - 1) < 6 * 5.64e-4)
  }

  @Test("Without noise Perturb and Dropout are the identity")
  func identity() {
    let x = gaussians([3, 4], seed: 1)
    for layer in [Perturb(RuleCase.saltAndPepper.rule), Dropout(rate: 0.9)] as [any Layer] {
      let (output, pullback) = layer.forward(x, .withoutNoise(gradients: .input))
      #expect(bits(output) == bits(x))
      #expect(bits(pullback(x)!) == bits(x))
    }
  }
}
