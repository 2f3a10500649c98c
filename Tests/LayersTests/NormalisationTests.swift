import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

/// (x − mean) / √(variance + ε) ∘ scale + shift, of each row or each column of a matrix in double precision.
private func normalised(
  _ x: Matrix, scale: Matrix, shift: Matrix, epsilon: Double, alongRows: Bool
) -> Matrix {
  func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(values.count) + epsilon).squareRoot())
  }
  let lines =
    alongRows
    ? (0..<x.rows).map { row in moments((0..<x.columns).map { x[row, $0] }) }
    : (0..<x.columns).map { column in moments((0..<x.rows).map { x[$0, column] }) }
  return Matrix(rows: x.rows, columns: x.columns) { row, column in
    let (mean, deviation) = lines[alongRows ? row : column]
    return (x[row, column] - mean) / deviation * scale[0, column] + shift[0, column]
  }
}

/// Sets the parameters of a normalisation to values that show in gradients.
private func setParameters(_ scale: Parameter?, _ shift: Parameter?) {
  scale?.value = gaussians(scale!.shape, seed: 11)
  shift?.value = gaussians(shift!.shape, seed: 12)
}

@Suite("LayerNorm and BatchNorm")
struct NormalisationTests {
  @Test("LayerNorm: output and gradients agree with a double-precision reference")
  func layerNorm() throws {
    for (rows, features) in [(1, 2), (3, 5), (7, 16), (4, 33), (5, 130)] {
      let layer = LayerNorm(features: features, epsilon: 1e-3).initialized(seed: 1)
      setParameters(layer.scale, layer.shift)
      let x = gaussians([rows, features], seed: 1, scale: 2)
      let outputGradient = gaussians([rows, features], seed: 2)
      let (output, pullback) = layer.forward(x, .training(NoiseStream(seed: 1), gradients: .both))
      let gradient = try #require(pullback(outputGradient))
      func reference(_ arguments: [Matrix]) -> Matrix {
        normalised(
          arguments[0], scale: arguments[1], shift: arguments[2], epsilon: Double(Float(1e-3)),
          alongRows: true)
      }
      let arguments = [x, layer.scale!.value, layer.shift!.value].map { Matrix($0) }
      expectClose(output, reference(arguments).values, tolerance: 1e-6)
      expectGradients(
        [
          ("input", gradient), ("scale", layer.scale!.gradient!), ("shift", layer.shift!.gradient!),
        ], of: { reference($0).dot(Matrix(outputGradient)) }, at: arguments)
    }
  }

  @Test("BatchNorm in training: output and gradients agree with a double-precision reference")
  func batchNorm() throws {
    for (rows, features) in [(3, 1), (5, 3), (16, 7), (33, 16), (40, 130)] {
      let layer = BatchNorm(features: features, epsilon: 1e-3).initialized(seed: 1)
      setParameters(layer.scale, layer.shift)
      let x = gaussians([rows, features], seed: 1, scale: 2)
      let outputGradient = gaussians([rows, features], seed: 2)
      let (output, pullback) = layer.forward(x, .training(gradients: .both))
      let gradient = try #require(pullback(outputGradient))
      func reference(_ arguments: [Matrix]) -> Matrix {
        normalised(
          arguments[0], scale: arguments[1], shift: arguments[2], epsilon: Double(Float(1e-3)),
          alongRows: false)
      }
      let arguments = [x, layer.scale!.value, layer.shift!.value].map { Matrix($0) }
      expectClose(output, reference(arguments).values, tolerance: 2e-6)
      expectGradients(
        [
          ("input", gradient), ("scale", layer.scale!.gradient!), ("shift", layer.shift!.gradient!),
        ], of: { reference($0).dot(Matrix(outputGradient)) }, at: arguments)
    }
  }

  @Test("BatchNorm with its running statistics is a scale and a shift, and so is its gradient")
  func runningStatistics() throws {
    let layer = BatchNorm(features: 6, momentum: 1).initialized(seed: 1)
    setParameters(layer.scale, layer.shift)
    _ = layer.forward(gaussians([50, 6], seed: 3, scale: 3), .training())
    let x = gaussians([4, 6], seed: 1)
    let outputGradient = gaussians([4, 6], seed: 2)
    let (output, pullback) = layer.forward(x, .withoutNoise(gradients: .both))
    let gradient = try #require(pullback(outputGradient))
    let (mean, variance) = (Matrix(layer.runningMean), Matrix(layer.runningVariance))
    func reference(_ arguments: [Matrix]) -> Matrix {
      Matrix(rows: 4, columns: 6) { row, column in
        (arguments[0][row, column] - mean[0, column]) / (variance[0, column] + 1e-5).squareRoot()
          * arguments[1][0, column] + arguments[2][0, column]
      }
    }
    let arguments = [x, layer.scale!.value, layer.shift!.value].map { Matrix($0) }
    expectClose(output, reference(arguments).values, tolerance: 2e-6)
    expectGradients(
      [
        ("input", gradient), ("scale", layer.scale!.gradient!), ("shift", layer.shift!.gradient!),
      ], of: { reference($0).dot(Matrix(outputGradient)) }, at: arguments)
  }

  @Test("LayerNorm gives the bits of the whole batch from its parts, its gradients too")
  func parts() {
    let x = gaussians([128, 40], seed: 1)
    let outputGradient = gaussians([128, 40], seed: 2)
    func run(_ cuts: [Int]) -> [[UInt32]] {
      let layer = LayerNorm(features: 40).initialized(seed: 1)
      setParameters(layer.scale, layer.shift)
      var outputs: [UInt32] = []
      var inputGradients: [UInt32] = []
      for (begin, end) in zip(cuts, cuts.dropFirst()) {
        let (output, pullback) = layer.forward(x.rows(begin..<end), .training(gradients: .both))
        outputs += bits(output)
        inputGradients += bits(pullback(outputGradient.rows(begin..<end))!)
      }
      return [outputs, inputGradients, bits(layer.scale!.gradient!), bits(layer.shift!.gradient!)]
    }
    #expect(run([0, 1, 64, 100, 128]) == run([0, 128]))
  }

  @Test(
    "Every instruction set and thread count gives the same bits, forward, back and in what is kept")
  func sameBits() {
    for (rows, features) in [(9, 7), (300, 257), (2000, 20)] {
      let x = gaussians([rows, features], seed: 1, scale: 3) + 5
      let outputGradient = gaussians([rows, features], seed: 2)
      func run() -> [[UInt32]] {
        let model = Sequential(seed: 1) {
          BatchNorm(features: features)
          LayerNorm(features: features)
          Softmax()
          BatchNorm(features: features, scaleAndShift: false)
          LayerNorm(features: features, scaleAndShift: false)
        }
        for (index, parameter) in model.parameters.enumerated() {
          parameter.value = gaussians([features], seed: UInt64(20 + index))
        }
        let (output, pullback) = model.forward(x, .training(gradients: .both))
        let gradient = pullback(outputGradient)!
        let norm = model.layers[0] as! BatchNorm
        return [bits(output), bits(gradient), bits(norm.runningMean), bits(norm.runningVariance)]
          + model.parameters.map { bits($0.gradient!) } + [bits(model(x))]
      }
      let expected = expectSameBits(of: run, "\(rows)×\(features), ")
      #expect(expected.joined().allSatisfy { Float(bitPattern: $0).isFinite })
    }
  }
}
