import DitherTensors
import Foundation
import Layers
import NoiseDistributions
import Optimizers
import TestSupport
import Testing

/// A rule that learns its scale, with the θ that it begins at.
private func rule(_ sharing: NoiseScale.Sharing, _ shared: NoiseSharing = .perElement) -> NoiseRule
{
  .adding(Gaussian(standardDeviation: 1), scale: .learned(0.3, sharing)).shared(shared)
}

private func softplus(_ x: Double) -> Double { log1p(exp(x)) }

private let stream = NoiseStream(seed: 9).at(step: 4)

@Suite("Scales that are learned")
struct LearnedScaleTests {
  static let shapes = [(9, 8, 5), (6, 40, 35), (70, 33, 130)]

  /// The parameters of scales that a layer shows, by name.
  private func scales(_ layer: some Layer) -> [(name: String, parameter: Parameter)] {
    layer.namedParameters.filter { $0.name.hasSuffix("scale") || $0.name.hasSuffix("scale1") }
  }

  @Test("Optimizers and files see the parameter under its site's name, of the site's shape")
  func names() {
    let model = Sequential(seed: 1) {
      Linear(inputs: 3, outputs: 2)
        .noise(rule(.all), on: .input).noise(rule(.perFeature), on: .input)
        .noise(.dropout(rate: 0.1), on: .output).noise(rule(.perFeature), on: .output)
      Perturb(rule(.all))
    }
    #expect(
      model.namedParameters.map(\.name) == [
        "0.weight", "0.bias", "0.input.scale", "0.input.scale1", "0.output.scale1", "1.input.scale",
      ])
    #expect(scales(model).map(\.parameter.shape) == [[], [3], [2], []])
    for (_, parameter) in scales(model) {
      for value in parameter.value.scalars {
        #expect(abs(NoiseScale.learnedScale(ofParameter: value) - 0.3) < 1e-7)
      }
    }
    let copy = model.copy()
    scales(copy)[0].parameter.value = Tensor([5], shape: [])
    #expect(scales(model)[0].parameter.value.item < 0)
  }

  @Test("A layer learns a scale of its own, though the rule is one")
  func notShared() {
    let one = rule(.all)
    let layers = [Perturb(one), Perturb(one)]
    #expect(layers[0].parameters[0] !== layers[1].parameters[0])
  }

  @Test(
    "The output and the gradients agree with a double-precision reference, at both sites",
    arguments: [NoiseScale.Sharing.all, .perFeature], [NoiseSharing.perElement, .perRow])
  func linear(_ sharing: NoiseScale.Sharing, _ shared: NoiseSharing) {
    for (batch, inputs, outputs) in Self.shapes {
      let layer = Linear(
        weight: gaussians([outputs, inputs], seed: 2, scale: 0.5),
        bias: gaussians([outputs], seed: 3)
      )
      .noise(.multiplying(LogNormal.unitMean(logStandardDeviation: 0.4)), on: .input)
      .noise(rule(sharing, shared), on: .input)
      .noise(.dropout(rate: 0.4), on: .input)
      .noise(rule(sharing, shared), on: .output)
      .noise(.multiplying(LogNormal.unitMean(logStandardDeviation: 0.4)), on: .output)
      let pass = Pass.training(stream.rows(from: 3), gradients: .both)
      let x = gaussians([batch, inputs], seed: 1)
      let outputGradient = gaussians([batch, outputs], seed: 4)
      let (output, pullback) = layer.forward(x, pass)
      let inputGradient = pullback(outputGradient)

      func draws(_ site: String, _ slot: Int, _ columns: Int) -> Matrix {
        let drawn = shared == .perRow ? 1 : columns
        let values = pass.noise!.draws(
          from: Gaussian(standardDeviation: 1), site: site, slot: slot, rows: batch, columns: drawn)
        return Matrix(rows: batch, columns: columns) {
          Double(values[$0 * drawn + (drawn == 1 ? 0 : $1)])
        }
      }
      let before = draws("input", 1, inputs)
      let after = draws("output", 0, outputs)
      let first = RuleCase.multiplyLogNormal.coefficients(
        pass, site: .input, slot: 0, rows: batch, columns: inputs)
      let last = RuleCase.dropout.coefficients(
        pass, site: .input, slot: 2, rows: batch, columns: inputs)
      let final = RuleCase.multiplyLogNormal.coefficients(
        pass, site: .output, slot: 1, rows: batch, columns: outputs)
      func added(_ x: Matrix, _ draws: Matrix, _ theta: Matrix) -> Matrix {
        Matrix(rows: x.rows, columns: x.columns) {
          x[$0, $1] + softplus(theta[0, theta.columns == 1 ? 0 : $1]) * draws[$0, $1]
        }
      }
      func reference(_ arguments: [Matrix]) -> Matrix {
        let noisy = added(arguments[0].applying(first), before, arguments[3]).applying(last)
        let product = noisy.timesTransposed(arguments[1]) + arguments[2]
        return added(product, after, arguments[4]).applying(final)
      }
      let learned = scales(layer).map(\.parameter)
      let thetas = learned.map { parameter in
        Matrix(rows: 1, columns: parameter.value.count) { Double(parameter.value.scalars[$1]) }
      }
      let arguments =
        [Matrix(x), Matrix(layer.weight.value), Matrix(layer.bias!.value)] + thetas
      expectClose(output, reference(arguments).values, tolerance: 1e-5)
      expectGradients(
        [
          ("input", inputGradient!), ("weight", layer.weight.gradient!),
          ("bias", layer.bias!.gradient!),
          ("input scale", learned[0].gradient!.reshaped(to: [thetas[0].columns])),
          ("output scale", learned[1].gradient!.reshaped(to: [thetas[1].columns])),
        ], of: { reference($0).dot(Matrix(outputGradient)) }, at: arguments)
    }
  }

  @Test("Gradients of scales are the same bits at every thread count, instruction set and split")
  func reproducible() {
    let x = gaussians([70, 40], seed: 1)
    let dy = gaussians([70, 33], seed: 2)
    func gradients(_ parts: [Range<Int>]) -> [[UInt32]] {
      let layer = Linear(inputs: 40, outputs: 33)
        .noise(rule(.perFeature), on: .input).noise(rule(.all), on: .input)
        .noise(rule(.all), on: .output).noise(rule(.perFeature, .perFeature), on: .output)
        .initialized(seed: 3)
      let perturb = Perturb(rule(.perFeature), columns: 40)
      for part in parts {
        let pass = Pass.training(stream.rows(from: part.lowerBound))
        layer.forward(x.rows(part), pass).pullback(dy.rows(part))
        perturb.forward(x.rows(part), pass).pullback(x.rows(part))
      }
      return (layer.parameters + perturb.parameters).map { bits($0.gradient!) }
    }
    let whole = expectSameBits(of: { gradients([0..<70]) }, threads: [1, 2, 3, 7])
    #expect(whole.count == 7)
    let inParts = expectSameBits(
      of: { gradients([0..<1, 1..<40, 40..<70]) }, "in parts, ", threads: [1, 2, 3, 7])
    #expect(inParts == whole)
  }

  @Test("The gradient of the input is the same whether or not a scale is learned")
  func inputGradient() {
    let weight = gaussians([33, 40], seed: 1)
    let x = gaussians([9, 40], seed: 2)
    let dy = gaussians([9, 33], seed: 3)
    func inputGradient(_ scale: NoiseScale) -> [UInt32] {
      let layer = Linear(weight: weight, bias: nil)
        .noise(.dropout(rate: 0.3), on: .input)
        .noise(.adding(Gaussian(standardDeviation: 1), scale: scale), on: .input)
      return bits(layer.forward(x, .training(stream, gradients: .both)).pullback(dy)!)
    }
    #expect(inputGradient(.learned(0.3)) == inputGradient(.fixed(0.3)))
  }

  @Test("Training moves a scale where the loss wants it: down where noise only hurts")
  func trains() {
    let model = Sequential(seed: 5) {
      Perturb(rule(.perFeature), columns: 8)
      Linear(inputs: 8, outputs: 1)
    }
    let optimizer = SGD(model.parameters, learningRate: 0.1)
    let x = gaussians([256, 8], seed: 1)
    let target = x.matmul(gaussians([8, 1], seed: 2))
    for step in 0..<400 {
      let (y, pullback) = model.forward(x, .training(NoiseStream(seed: 1).at(step: step)))
      pullback(meanSquaredError(y, target).gradient)
      optimizer.step()
    }
    let learned = scales(model)[0].parameter.value.scalars.map(NoiseScale.learnedScale)
    #expect(learned.allSatisfy { $0 > 0 } && learned.contains { $0 < 0.1 })
  }

  @Test(
    "Without noise a learned scale gets no gradient, and a pullback of another asks nothing of it")
  func withoutNoise() {
    let perturb = Perturb(rule(.all))
    let x = gaussians([4, 3], seed: 1)
    let (output, pullback) = perturb.forward(x, .withoutNoise(gradients: .both))
    #expect(bits(output) == bits(x))
    #expect(bits(pullback(x)!) == bits(x))
    #expect(!perturb.parameters[0].hasGradient)
    #expect(bits(perturb(x)) == bits(x))
  }

  @Test("Misuse stops and is named")
  func misuse() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Perturb(.adding(Gaussian(standardDeviation: 1), scale: .learned(0.2, .perFeature)))
    }
    expect(
      result,
      says:
        "learns a scale a column; expected the number of columns, as in Perturb(rule, columns: 64)"
    )
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let perturb = Perturb(.dropout(rate: 0.5), columns: 3)
      _ = perturb(Tensor(zeros: [2, 4]))
    }
    expect(result, says: "Perturb: the input has shape [2, 4]; expected [batch, 3]")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let perturb = Perturb(.adding(Gaussian(standardDeviation: 1), scale: .learned(0.2)))
      let x = Tensor(zeros: [2, 4])
      let (_, pullback) = perturb.forward(x, .training(NoiseStream(seed: 1)))
      perturb.parameters[0].value = Tensor([1], shape: [])
      pullback(x)
    }
    expect(result, says: "the parameter \"input.scale\" changed from version 0 to 1")
  }
}
