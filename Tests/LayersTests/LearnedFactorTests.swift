import DitherTensors
import Foundation
import Layers
import NoiseDistributions
import TestSupport
import Testing

private let stream = NoiseStream(seed: 12).at(step: 3)

/// Draws at the site of a layer, in double precision.
private func draws(_ distribution: some NoiseDistribution, _ rows: Int, _ columns: Int) -> Matrix {
  Matrix(
    Tensor(
      stream.rows(from: 5).draws(from: distribution, site: "input", rows: rows, columns: columns),
      shape: [rows, columns]))
}

private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

@Suite("Factors whose distribution is learned")
struct LearnedFactorTests {
  /// Checks output and gradients against y = x · factor(θ), at an input whose draws lie in place.
  private func check(
    _ layer: some Layer, _ parameter: Parameter,
    factor: (Double, _ row: Int, _ column: Int) -> Double,
    rows: Int, columns: Int
  ) {
    let x = gaussians([rows, columns], seed: 1)
    let dy = gaussians([rows, columns], seed: 2)
    let (output, pullback) = layer.forward(
      x, .training(stream.rows(from: 5), gradients: .both))
    let inputGradient = pullback(dy)!
    func reference(_ arguments: [Matrix]) -> Matrix {
      Matrix(rows: rows, columns: columns) {
        arguments[0][$0, $1] * factor(arguments[1][0, 0], $0, $1)
      }
    }
    let theta = Matrix(rows: 1, columns: 1) { _, _ in Double(parameter.value.item) }
    expectClose(output, reference([Matrix(x), theta]).values, tolerance: 1e-5)
    expectGradients(
      [("input", inputGradient), ("θ", parameter.gradient!.reshaped(to: [1]))],
      of: { reference($0).dot(Matrix(dy)) }, at: [Matrix(x), theta])
  }

  @Test("Log-normal noise: the output and the gradient of its spread", arguments: [8, 40])
  func logNormal(_ columns: Int) {
    let layer = LogNormalNoise(logStandardDeviation: 0.7)
    #expect(abs(layer.logStandardDeviation - 0.7) < 1e-6)
    let z = draws(Gaussian(standardDeviation: 1), 70, columns)
    check(
      layer, layer.spread,
      factor: { theta, row, column in
        let s = log1p(exp(theta))
        return exp(s * z[row, column] - s * s / 2)
      }, rows: 70, columns: columns)
  }

  @Test("Concrete dropout: the output and the gradient of its rate", arguments: [8, 40])
  func concrete(_ columns: Int) {
    for (rate, temperature) in [(0.1, 0.1), (0.5, 0.1), (0.9, 0.5)] {
      let layer = ConcreteDropout(rate: rate, temperature: Float(temperature))
      #expect(abs(Double(layer.rate) - rate) < 1e-6)
      let u = draws(Uniform(low: 0, high: 1), 70, columns)
      check(
        layer, layer.logit,
        factor: { logit, row, column in
          let draw = u[row, column]
          let z = sigmoid((logit + log(draw) - log1p(-draw)) / temperature)
          return (1 - z) / (1 - sigmoid(logit))
        }, rows: 70, columns: columns)
    }
  }

  @Test("Most of what concrete dropout drops is near 0, and what it keeps near 1 / (1 − p)")
  func concreteDrops() {
    let layer = ConcreteDropout(rate: 0.5)
    let y = layer.forward(Tensor(repeating: 1, shape: [4096, 64]), .training(stream)).output.scalars
    let near = y.filter { $0 < 0.1 || $0 > 1.9 }.count
    // P(|logit u| > 0.1 · logit 0.95) = 1 − tanh(0.1472) = 0.854; 2^18 draws: a share wrong by 0.01 is seen.
    let threshold = Threshold.mean(
      count: y.count, variance: 0.125, bound: 1, rate: Threshold.failureRate)
    #expect(abs(Double(near) / Double(y.count) - (1 - tanh(0.1 * log(19) / 2))) <= threshold)
  }

  @Test("The regulariser's gradients are those of its formula")
  func regularization() {
    let layer = ConcreteDropout(rate: 0.2)
    let weight = Parameter(gaussians([5, 8], seed: 3))
    let value = layer.addRegularization(of: weight, weightDecay: 0.3, dropoutDecay: 0.7)
    func reference(_ arguments: [Matrix]) -> Double {
      let p = sigmoid(arguments[1][0, 0])
      let entropy = -p * log(p) - (1 - p) * log(1 - p)
      return 0.3 * arguments[0].dot(arguments[0]) / (1 - p) - 0.7 * 8 * entropy
    }
    let logit = Matrix(rows: 1, columns: 1) { _, _ in Double(layer.logit.value.item) }
    let arguments = [Matrix(weight.value), logit]
    #expect(abs(Double(value) - reference(arguments)) <= 1e-5 * abs(reference(arguments)))
    expectGradients(
      [("weight", weight.gradient!), ("logit", layer.logit.gradient!.reshaped(to: [1]))],
      of: reference, at: arguments)
  }

  @Test("Gradients are the same bits at every thread count, instruction set and split")
  func reproducible() {
    let x = gaussians([70, 40], seed: 1)
    let dy = gaussians([70, 40], seed: 2)
    func results(_ parts: [Range<Int>]) -> [[UInt32]] {
      let model = Sequential {
        LogNormalNoise(logStandardDeviation: 0.5)
        ConcreteDropout(rate: 0.3)
      }
      var outputs: [UInt32] = []
      for part in parts {
        let (output, pullback) = model.forward(
          x.rows(part), .training(stream.rows(from: part.lowerBound)))
        pullback(dy.rows(part))
        outputs += bits(output)
      }
      return [outputs] + model.parameters.map { bits($0.gradient!) }
    }
    let whole = expectSameBits(of: { results([0..<70]) }, threads: [1, 2, 7])
    #expect(whole.count == 3)
    let inParts = expectSameBits(
      of: { results([0..<1, 1..<40, 40..<70]) }, "in parts, ", threads: [1, 2, 7])
    #expect(inParts == whole)
  }

  @Test("Without noise they are the identity and learn nothing")
  func withoutNoise() {
    let x = gaussians([4, 3], seed: 1)
    for layer in [LogNormalNoise(logStandardDeviation: 0.5), ConcreteDropout()] as [any Layer] {
      let (output, pullback) = layer.forward(x, .withoutNoise(gradients: .both))
      #expect(bits(output) == bits(x) && bits(pullback(x)!) == bits(x))
      #expect(!layer.parameters[0].hasGradient)
    }
  }

  @Test("Misuse stops and is named")
  func misuse() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = LogNormalNoise(logStandardDeviation: 0) }
    expect(
      result,
      says: "LogNormalNoise: logStandardDeviation is 0.0; expected a finite number above 0")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = ConcreteDropout(rate: 1) }
    expect(result, says: "ConcreteDropout: rate is 1.0; expected above 0 and below 1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = ConcreteDropout(temperature: 0) }
    expect(result, says: "ConcreteDropout: temperature is 0.0; expected a finite number above 0")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = ConcreteDropout().addRegularization(
        of: Parameter(Tensor([1])), weightDecay: 1, dropoutDecay: 1)
    }
    expect(result, says: "the weight has shape [1]; expected [outputs, inputs]")
  }
}
