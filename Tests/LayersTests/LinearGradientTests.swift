import DitherTensors
import Layers
import NoiseDistributions
import Testing

/// Shapes on both sides of the width at which draws change their layout (32), one and several rows.
private let shapes: [(batch: Int, inputs: Int, outputs: Int)] = [
  (1, 3, 2), (9, 8, 5), (6, 40, 35), (11, 33, 7),
]

@Suite("Gradients of Linear")
struct LinearGradientTests {
  /// Compares the output, and each gradient along random directions, with the reference.
  private func check(
    _ rules: [Linear.Site: [RuleCase]] = [:], hasBias: Bool = true,
    shape: (batch: Int, inputs: Int, outputs: Int), pass: Pass
  ) {
    let (batch, inputs, outputs) = shape
    let x = gaussians([batch, inputs], seed: 1)
    let weight = gaussians([outputs, inputs], seed: 2, scale: 0.5)
    let bias = hasBias ? gaussians([outputs], seed: 3) : nil
    let outputGradient = gaussians([batch, outputs], seed: 4)

    var layer = Linear(weight: weight, bias: bias)
    for (site, rules) in rules {
      for rule in rules { layer = layer.noise(rule.rule, on: site) }
    }
    let (output, pullback) = layer.forward(x, pass)
    let inputGradient = pullback(outputGradient)

    // Taken once, of the operands at which the gradient is: what shot noise reads of them the gradient holds constant.
    func coefficients(_ site: Linear.Site, on operand: Matrix) -> [(a: Matrix, b: Matrix)] {
      var operand = operand
      return (rules[site] ?? []).enumerated().map { slot, rule in
        let coefficients = rule.coefficients(
          pass, site: site, slot: slot, rows: operand.rows, columns: operand.columns,
          operand: operand)
        operand = operand.applying(coefficients)
        return coefficients
      }
    }
    let arguments = [Matrix(x), Matrix(weight)] + (bias.map { [Matrix($0)] } ?? [])
    let onInput = coefficients(.input, on: arguments[0])
    let onWeight = coefficients(.weight, on: arguments[1])
    // A bias is a column to its rules.
    let onBias =
      bias.map { coefficients(.bias, on: Matrix($0.reshaped(to: [outputs, 1]))) } ?? []
    func product(_ arguments: [Matrix]) -> Matrix {
      let noisy = onInput.reduce(arguments[0]) { $0.applying($1) }
      let product = noisy.timesTransposed(onWeight.reduce(arguments[1]) { $0.applying($1) })
      if !hasBias { return product }
      return product
        + onBias.reduce(arguments[2]) { $0.applying((a: $1.a.asRow, b: $1.b.asRow)) }
    }
    let onOutput = coefficients(.output, on: product(arguments))
    func reference(_ arguments: [Matrix]) -> Matrix {
      onOutput.reduce(product(arguments)) { $0.applying($1) }
    }

    expectClose(output, reference(arguments).values, tolerance: 1e-5)

    var gradients = [("input", inputGradient!), ("weight", layer.weight.gradient!)]
    if let bias = layer.bias { gradients.append(("bias", bias.gradient!)) }
    expectGradients(
      gradients.map { (name: $0.0, gradient: $0.1) },
      of: { reference($0).dot(Matrix(outputGradient)) }, at: arguments)
  }

  @Test(
    "One rule at one site: output and gradients agree with a double-precision reference",
    arguments: RuleCase.allCases, Linear.Site.allCases)
  func oneRule(rule: RuleCase, site: Linear.Site) {
    let pass = Pass.training(NoiseStream(seed: 5).at(step: 3).rows(from: 6), gradients: .both)
    for shape in shapes {
      check([site: [rule]], shape: shape, pass: pass)
    }
  }

  @Test("Rules at every site, in their order, and without a bias")
  func manyRules() {
    let rules: [RuleCase] = [
      .multiplyLogNormal, .addShotInBlocks, .alphaDropoutPerRow, .addGaussian, .saltAndPepper,
      .dropout,
    ]
    let pass = Pass.sampling(NoiseStream(seed: 6).at(step: 1 << 33), gradients: .both)
      .child("tower").child("3")
    for shape in shapes {
      for hasBias in [true, false] {
        check(
          [
            .input: rules, .weight: rules.reversed(), .bias: hasBias ? rules : [],
            .output: rules.reversed(),
          ], hasBias: hasBias, shape: shape, pass: pass)
      }
    }
  }

  @Test("Without noise")
  func withoutNoise() {
    for shape in shapes {
      check(shape: shape, pass: .withoutNoise(gradients: .both))
    }
  }

  @Test("A pullback computes what its pass asks for and nothing else")
  func asked() {
    let x = gaussians([4, 3], seed: 1)
    let gradient = gaussians([4, 2], seed: 2)
    for gradients in [Pass.Gradients.input, .parameters, .both] {
      let layer = Linear(inputs: 3, outputs: 2).initialized(seed: 1)
      let pullback = layer.forward(x, .withoutNoise(gradients: gradients)).pullback
      let inputGradient = pullback(gradient)
      #expect((inputGradient != nil) == gradients.contains(.input))
      #expect((layer.weight.gradient != nil) == gradients.contains(.parameters))
      #expect((layer.bias!.gradient != nil) == gradients.contains(.parameters))
    }
  }

  @Test("Parameter gradients add to those that are there, in the order of rows")
  func accumulation() {
    let x = gaussians([9, 3], seed: 1)
    let gradient = gaussians([9, 2], seed: 2)
    let layer = Linear(inputs: 3, outputs: 2).initialized(seed: 1)
    let whole = layer.copy()
    whole.forward(x, .withoutNoise(gradients: .parameters)).pullback(gradient)
    for range in [0..<4, 4..<4, 4..<9] {
      layer.forward(x.rows(range), .withoutNoise(gradients: .parameters))
        .pullback(gradient.rows(range))
    }
    #expect(bits(layer.weight.gradient!) == bits(whole.weight.gradient!))
    #expect(bits(layer.bias!.gradient!) == bits(whole.bias!.gradient!))
  }

  @Test("An empty batch gives an empty output, gradients of zero and an empty input gradient")
  func emptyBatch() {
    let layer = Linear(inputs: 3, outputs: 2).noise(.dropout(rate: 0.5), on: .input)
      .initialized(seed: 1)
    let pass = Pass.training(NoiseStream(seed: 1), gradients: .both)
    let (output, pullback) = layer.forward(Tensor(zeros: [0, 3]), pass)
    #expect(output.shape == [0, 2])
    #expect(pullback(output)?.shape == [0, 3])
    #expect(layer.weight.gradient == Tensor(zeros: [2, 3]))
    #expect(layer(Tensor(zeros: [0, 3])).shape == [0, 2])
  }
}
