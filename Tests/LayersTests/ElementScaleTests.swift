import DitherTensors
import Foundation
import Layers
import NoiseDistributions
import Optimizers
import TestSupport
import Testing

private let rule = NoiseRule.adding(
  Gaussian(standardDeviation: 1), scale: .learned(0.3, .perElement))

private let stream = NoiseStream(seed: 9).at(step: 4)

/// A layer with learned scales between other rules on its weight, and alone on its bias.
private func layer(inputs: Int, outputs: Int) -> Linear {
  let layer = Linear(
    weight: gaussians([outputs, inputs], seed: 2, scale: 0.5), bias: gaussians([outputs], seed: 3)
  )
  .noise(RuleCase.multiplyLogNormal.rule, on: .weight).noise(rule, on: .weight)
  .noise(RuleCase.dropout.rule, on: .weight).noise(rule, on: .bias)
  // Scales that differ.
  for (index, parameter) in scales(layer).enumerated() {
    parameter.value += gaussians(parameter.shape, seed: UInt64(30 + index))
  }
  return layer
}

/// The parameters of the scales on the weight and on the bias.
private func scales(_ layer: Linear) -> [Parameter] {
  layer.namedParameters.filter { $0.name.contains(".scale") }.map(\.parameter)
}

private func gradients(_ layer: Linear) -> [[UInt32]] {
  layer.parameters.map { bits($0.gradient!) }
}

@Suite("Scales that are learned for each element of a parameter")
struct ElementScaleTests {
  static let shapes = [(9, 8, 5), (6, 40, 35), (70, 33, 130)]

  @Test("The layer shows a parameter of the weight's shape, and one of the bias's")
  func names() {
    let model = Sequential(seed: 1) {
      Linear(inputs: 3, outputs: 2).noise(.dropout(rate: 0.1), on: .weight)
        .noise(rule, on: .weight).noise(rule, on: .bias)
    }
    let parameters = model.namedParameters
    #expect(
      parameters.map(\.name) == ["0.weight", "0.bias", "0.weight.scale1", "0.bias.scale"])
    #expect(parameters.map(\.parameter.shape) == [[2, 3], [2], [2, 3], [2]])
    for value in parameters[2...].flatMap(\.parameter.value.scalars) {
      #expect(abs(NoiseScale.learnedScale(ofParameter: value) - 0.3) < 1e-7)
    }
  }

  @Test("The output and the gradients agree with a double-precision reference")
  func reference() {
    for (batch, inputs, outputs) in Self.shapes {
      let noisy = layer(inputs: inputs, outputs: outputs)
      let pass = Pass.training(stream.rows(from: 3), gradients: .both)
      let x = gaussians([batch, inputs], seed: 1)
      let outputGradient = gaussians([batch, outputs], seed: 4)
      let (output, pullback) = noisy.forward(x, pass)
      let inputGradient = pullback(outputGradient)!

      func draws(_ site: String, _ slot: Int, _ rows: Int, _ columns: Int) -> Matrix {
        let values = stream.draws(
          from: Gaussian(standardDeviation: 1), site: site, slot: slot, rows: rows,
          columns: columns)
        return Matrix(rows: rows, columns: columns) { Double(values[$0 * columns + $1]) }
      }
      let onWeight = draws("weight", 1, outputs, inputs)
      let onBias = draws("bias", 0, outputs, 1).asRow
      let first = RuleCase.multiplyLogNormal.coefficients(
        pass, site: .weight, slot: 0, rows: outputs, columns: inputs)
      let last = RuleCase.dropout.coefficients(
        pass, site: .weight, slot: 2, rows: outputs, columns: inputs)
      func scaled(_ theta: Matrix, _ draws: Matrix) -> Matrix {
        theta.map { log1p(exp($0)) }.times(draws)
      }
      func reference(_ arguments: [Matrix]) -> Matrix {
        let weight = (arguments[1].applying(first) + scaled(arguments[3], onWeight)).applying(last)
        return arguments[0].timesTransposed(weight) + (arguments[2] + scaled(arguments[4], onBias))
      }
      let thetas = scales(noisy)
      let arguments = [x, noisy.weight.value, noisy.bias!.value] + thetas.map(\.value)
      let matrices = arguments.map(Matrix.init)
      expectClose(output, reference(matrices).values, tolerance: 1e-5)
      expectGradients(
        [
          ("input", inputGradient), ("weight", noisy.weight.gradient!),
          ("bias", noisy.bias!.gradient!), ("weight's scale", thetas[0].gradient!),
          ("bias's scale", thetas[1].gradient!),
        ], of: { reference($0).dot(Matrix(outputGradient)) }, at: matrices)
    }
  }

  /// Hashes of outputs and gradients, a shape each.
  static let golden = ["a25e0f3c6250d4ef", "ee066b9931f61794", "1e1e0650930b13dd"]

  @Test("The bits are the same at every thread count, instruction set and split of the batch")
  func reproducible() {
    for (index, (batch, inputs, outputs)) in Self.shapes.enumerated() {
      let x = gaussians([batch, inputs], seed: 1)
      let dy = gaussians([batch, outputs], seed: 4)
      func run(_ parts: [Range<Int>], reading: Bool = false) -> [[UInt32]] {
        let noisy = layer(inputs: inputs, outputs: outputs)
        var results: [[UInt32]] = [[], []]
        for part in parts {
          let pass = Pass.training(stream.rows(from: part.lowerBound), gradients: .both)
          let (output, pullback) = noisy.forward(x.rows(part), pass)
          results[0] += bits(output)
          results[1] += bits(pullback(dy.rows(part))!)
          if reading { _ = gradients(noisy) }
        }
        return results + gradients(noisy)
      }
      let whole = expectSameBits(of: { run([0..<batch]) }, threads: [1, 2, 3, 7])
      #expect(whole.count == 6)
      #expect(hash(whole.joined().map { Float(bitPattern: $0) }) == Self.golden[index])
      let parts = [0..<1, 1..<4, 4..<batch]
      let inParts = expectSameBits(of: { run(parts) }, "in parts, ", threads: [1, 2, 3, 7])
      #expect(inParts == whole)
      #expect(run(parts, reading: true) == whole)
    }
  }

  @Test("Gradients of several passes add up, whichever of them is cleared in between")
  func cleared() {
    let x = gaussians([6, 40], seed: 1)
    let dy = gaussians([6, 7], seed: 2)
    // The first two have the same draws.
    let passes = [0, 0, 1, 0].map { Pass.training(NoiseStream(seed: 1).at(step: $0)) }
    func gradient(_ pass: Pass, _ place: Int) -> [Double] {
      let alone = layer(inputs: 40, outputs: 7)
      alone.forward(x, pass).pullback(dy)
      return alone.parameters[place].gradient!.scalars.map(Double.init)
    }
    for cleared in 0..<4 {
      let together = layer(inputs: 40, outputs: 7)
      for (index, pass) in passes.enumerated() {
        together.forward(x, pass).pullback(dy)
        if index == 0 { together.parameters[cleared].clearGradient() }
      }
      for (place, parameter) in together.parameters.enumerated() {
        let counted = place == cleared ? passes.dropFirst() : passes[...]
        var sum = [Double](repeating: 0, count: parameter.gradient!.count)
        for pass in counted {
          for (index, value) in gradient(pass, place).enumerated() { sum[index] += value }
        }
        expectClose(parameter.gradient!, sum, tolerance: 1e-5, "parameter \(place)")
      }
    }
  }

  @Test("A scale of one's own for each weight: the output's variance is Σ x²σ² + the bias's σ²")
  func variance() {
    let noisy = Linear(weight: Tensor(zeros: [3, 40]), bias: Tensor(zeros: [3]))
      .noise(rule, on: .weight).noise(rule, on: .bias)
    let thetas = scales(noisy)
    thetas[0].value = gaussians([3, 40], seed: 5)
    thetas[1].value = gaussians([3], seed: 6)
    let x = gaussians([1, 40], seed: 7)
    func sigma(_ parameter: Parameter, _ index: Int) -> Double {
      log1p(exp(Double(parameter.value.scalars[index])))
    }
    let steps = 4000
    let outputs = (0..<steps).map {
      noisy.forward(x, .training(NoiseStream(seed: 3).at(step: $0))).output.scalars
    }
    for output in 0..<3 {
      var expected = sigma(thetas[1], output) * sigma(thetas[1], output)
      for input in 0..<40 {
        let part = Double(x.scalars[input]) * sigma(thetas[0], output * 40 + input)
        expected += part * part
      }
      // A normal number's square has variance 2.
      expectMean(
        outputs.map { Double($0[output]) * Double($0[output]) / expected }, 1, variance: 2,
        bound: 100, checks: 3, "variance of output \(output)")
    }
  }

  @Test("Training moves each scale where the loss wants it")
  func trains() {
    let model = Sequential(seed: 5) { Linear(inputs: 8, outputs: 1).noise(rule, on: .weight) }
    let optimizer = SGD(model.parameters, learningRate: 0.05)
    // The last four inputs are 0: noise on their weights does no harm.
    let x = Tensor(concatenating: [gaussians([4, 256], seed: 1), Tensor(zeros: [4, 256])])
      .transposed()
    for step in 0..<400 {
      let (y, pullback) = model.forward(x, .training(NoiseStream(seed: 1).at(step: step)))
      pullback(meanSquaredError(y, Tensor(zeros: [256, 1])).gradient)
      optimizer.step()
    }
    let learned = model.namedParameters.first { $0.name == "0.weight.scale" }!.parameter
    let values = learned.value.scalars.map(NoiseScale.learnedScale(ofParameter:))
    #expect(values[..<4].allSatisfy { $0 > 0 && $0 < 0.2 })
    #expect(values[4...].allSatisfy { abs($0 - 0.3) < 1e-6 })
  }

  @Test("Without noise a scale gets no gradient, and the output is that of the plain weight")
  func withoutNoise() {
    let noisy = layer(inputs: 8, outputs: 5)
    let plain = Linear(weight: noisy.weight.value, bias: noisy.bias!.value)
    let x = gaussians([4, 8], seed: 1)
    let (output, pullback) = noisy.forward(x, .withoutNoise(gradients: .both))
    pullback(output)
    #expect(bits(output) == bits(plain(x)))
    #expect(scales(noisy).allSatisfy { !$0.hasGradient } && noisy.weight.hasGradient)
    // Noise, but gradients of the input alone.
    let (noisyOutput, inputPullback) = noisy.forward(x, .training(stream, gradients: .input))
    scales(noisy)[0].value += 1
    inputPullback(noisyOutput)
    #expect(scales(noisy).allSatisfy { !$0.hasGradient })
  }

  @Test("Where there are no weights it stops the program; so does a shared scale on a weight")
  func misuse() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Linear(inputs: 3, outputs: 2).noise(rule, on: .input) }
    expect(
      result,
      says:
        "Linear: the rule adding(Gaussian(mean: 0.0, standardDeviation: 1.0), scale: learned(0.3, .perElement)) on the input learns a scale an element, and there are no weights there; expected .all or .perFeature, or the rule on the weight or the bias of a Linear layer"
    )
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Linear(inputs: 3, outputs: 2).noise(rule, on: .output) }
    expect(result, says: "on the output learns a scale an element, and there are no weights there")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Perturb(rule, columns: 3) }
    expect(result, says: "Perturb: the rule", "on the input learns a scale an element")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Linear(inputs: 3, outputs: 2)
        .noise(.adding(Gaussian(standardDeviation: 1), scale: .learned(0.2)), on: .weight)
    }
    expect(
      result,
      says:
        "on the weight learns a scale that elements share; expected one for each, as in .learned(0.2, .perElement)"
    )
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let noisy = layer(inputs: 8, outputs: 5)
      let x = Tensor(zeros: [2, 8])
      let (output, pullback) = noisy.forward(x, .training(stream))
      scales(noisy)[1].value += 1
      pullback(output)
    }
    expect(result, says: "the parameter \"bias.scale\" changed from version 1 to 2")
  }
}
