import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

@Suite("Moments of weight noise of each row's own")
struct WeightNoiseMomentsTests {
  @Test("NoisyNet: Var ε_w = 2/π, Var ε_b = √(2/π) = 0.7979")
  func noisyNet() {
    let count = 400_000
    func noise(weight: Float, bias: Float) -> [Double] {
      let layer = NoisyLinear(inputs: 1, outputs: 1).initialized(seed: 1)
      layer.weight.value = Tensor([0], shape: [1, 1])
      layer.bias!.value = Tensor([0])
      layer.weightSigma.value = Tensor([weight], shape: [1, 1])
      layer.biasSigma!.value = Tensor([bias])
      let output = layer.forward(
        Tensor(repeating: 1, shape: [count, 1]), .training(NoiseStream(seed: 2))
      ).output
      return output.scalars.map(Double.init)
    }
    // Both have E d⁴ = E ε² · E ε² or E ε² = 1.
    let onWeight = noise(weight: 1, bias: 0)
    expectMean(onWeight, 0, variance: 2 / .pi, bound: greatestNormal, checks: 4, "E ε_w")
    expectMean(
      onWeight.map { $0 * $0 }, 2 / .pi, variance: 1 - 4 / (.pi * .pi),
      bound: greatestNormal * greatestNormal, checks: 4, "Var ε_w")
    let onBias = noise(weight: 0, bias: 1)
    let variance = (2 / Double.pi).squareRoot()
    expectMean(onBias, 0, variance: variance, bound: greatestNormal, checks: 4, "E ε_b")
    expectMean(
      onBias.map { $0 * $0 }, variance, variance: 1 - variance * variance, bound: greatestNormal,
      checks: 4, "Var ε_b")
  }

  /// Standardised noise (y − mean) / deviation of one input row that is repeated, [rows][outputs].
  private func standardised(
    _ layer: some Layer, x: [Float], weight: Tensor, deviation: Tensor, rows: Int, step: Int
  ) -> [[Double]] {
    let input = Tensor(rows: [[Float]](repeating: x, count: rows))
    let output = layer.forward(input, .sampling(NoiseStream(seed: 4).at(step: step))).output
    let means = Matrix(Tensor(rows: [x])).timesTransposed(Matrix(weight))
    let deviations = Matrix(Tensor(rows: [x]) * Tensor(rows: [x]))
      .timesTransposed(Matrix(deviation * deviation)).map { $0.squareRoot() }
    let columns = weight.shape[0]
    let scalars = output.scalars
    return (0..<rows).map { row in
      (0..<columns).map { column in
        (Double(scalars[row * columns + column]) - means[0, column]) / deviations[0, column]
      }
    }
  }

  private let x: [Float] = [1, -2, 0.5, 3]
  private let weight = gaussians([2, 4], seed: 1)
  private let deviation = gaussians([2, 4], seed: 2).absolute() + 0.1

  @Test("Local reparameterisation: y ~ N(xμ, x²σ²), independent between rows and outputs")
  func localReparameterization() {
    let layer = LocalReparameterizationLinear(
      inputs: 4, outputs: 2, standardDeviation: 1, bias: false
    ).initialized(seed: 1)
    layer.weight.value = weight
    layer.logStandardDeviation.value = deviation.log()
    let rows = 200_000
    let z = standardised(
      layer, x: x, weight: weight, deviation: deviation, rows: rows, step: 0)
    for output in 0..<2 {
      let draws = z.map { $0[output] }
      for (order, expected, variance) in [(1, 0.0, 1.0), (2, 1, 2), (3, 0, 15), (4, 3, 96)] {
        let powers = draws.map { draw in (0..<order).reduce(1) { product, _ in product * draw } }
        let bound = (0..<order).reduce(1) { product, _ in product * greatestNormal }
        expectMean(
          powers, expected, variance: variance, bound: bound, checks: 10, "moment \(order)")
      }
    }
    let square = greatestNormal * greatestNormal
    expectMean(
      z.map { $0[0] * $0[1] }, 0, variance: 1, bound: square, checks: 10, "two outputs")
    // Pairs that share no row.
    expectMean(
      stride(from: 0, to: rows, by: 2).map { z[$0][0] * z[$0 + 1][0] }, 0, variance: 1,
      bound: square, checks: 10, "two rows")
  }

  @Test(
    "Flipout: the mean and the variance of each row are its weights', and rows are uncorrelated")
  func flipout() {
    let layer = FlipoutLinear(inputs: 4, outputs: 2, standardDeviation: 1, bias: false)
      .initialized(seed: 1)
    layer.weight.value = weight
    layer.logStandardDeviation.value = deviation.log()
    let steps = 30_000
    var rows: [[Double]] = [[], []]
    for step in 0..<steps {
      let z = standardised(layer, x: x, weight: weight, deviation: deviation, rows: 2, step: step)
      for row in 0..<2 { rows[row].append(z[row][0]) }
    }
    // A sum of four normals of variance 1 in all is at most √4 of the greatestNormal draw.
    let bound = 2 * greatestNormal
    for row in 0..<2 {
      expectMean(rows[row], 0, variance: 1, bound: bound, checks: 5, "mean of row \(row)")
      expectMean(
        rows[row].map { $0 * $0 }, 1, variance: 2, bound: bound * bound, checks: 5,
        "variance of row \(row)")
    }
    // E (z z′)² is at most E z⁴ = 3. With one weight for all rows z z′ would have the mean 1.
    expectMean(
      zip(rows[0], rows[1]).map { $0 * $1 }, 0, variance: 3, bound: bound * bound, checks: 5,
      "two rows")
  }

  @Test("A rule on the weight gives all rows the same noise: what Flipout is for")
  func sharedByRows() {
    let layer = Linear(weight: weight, bias: nil)
      .noise(.adding(Gaussian(standardDeviation: 1)), on: .weight)
    let z = standardised(
      layer, x: x, weight: weight, deviation: Tensor(repeating: 1, shape: [2, 4]), rows: 2, step: 0)
    #expect(z[0] == z[1] && z[0][0] != z[0][1])
  }
}
