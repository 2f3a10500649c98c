import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

@Suite("Layers with weight noise of each row's own")
struct WeightNoiseGradientTests {
  static let shapes = [(1, 3, 2), (9, 8, 5), (6, 40, 35), (11, 33, 7)]

  @Test(
    "Output and gradients agree with a double-precision reference",
    arguments: WeightNoiseCase.allCases)
  func gradients(kind: WeightNoiseCase) {
    let pass = Pass.training(NoiseStream(seed: 5).at(step: 3).rows(from: 6), gradients: .both)
      .child("2")
    for (batch, inputs, outputs) in Self.shapes {
      for bias in [true, false] {
        let (layer, parameters) = kind.layer(inputs: inputs, outputs: outputs, bias: bias)
        let x = gaussians([batch, inputs], seed: 1)
        let outputGradient = gaussians([batch, outputs], seed: 4)
        let (output, pullback) = layer.forward(x, pass)
        let inputGradient = pullback(outputGradient)!
        func reference(_ arguments: [Matrix]) -> Matrix {
          let named = zip(parameters.map(\.name), arguments.dropFirst())
          return kind.reference(
            arguments[0], Dictionary(uniqueKeysWithValues: named), pass.noise!, path: "2.")
        }
        let arguments = [Matrix(x)] + parameters.map { Matrix($0.parameter.value) }
        expectClose(output, reference(arguments).values, tolerance: 1e-5, "\(kind)")
        var gradients: [(name: String, gradient: Tensor)] = [("input", inputGradient)]
        for (name, parameter) in parameters { gradients.append((name, parameter.gradient!)) }
        expectGradients(
          gradients, of: { reference($0).dot(Matrix(outputGradient)) }, at: arguments)
      }
    }
  }

  @Test(
    "The same bits on every instruction set and number of threads, and in parts of a batch",
    arguments: WeightNoiseCase.allCases)
  func bits(kind: WeightNoiseCase) {
    for (batch, inputs, outputs) in [(9, 8, 5), (70, 40, 35), (200, 130, 140)] {
      let x = gaussians([batch, inputs], seed: 1)
      let outputGradient = gaussians([batch, outputs], seed: 4)
      func run(_ parts: [Range<Int>]) -> [[UInt32]] {
        let (layer, parameters) = kind.layer(inputs: inputs, outputs: outputs, bias: true)
        var (results, inputGradients) = ([UInt32](), [UInt32]())
        for part in parts {
          let (output, pullback) = layer.forward(
            x.rows(part),
            .training(NoiseStream(seed: 5).rows(from: part.lowerBound), gradients: .both))
          results += LayersTests.bits(output)
          inputGradients += LayersTests.bits(pullback(outputGradient.rows(part))!)
        }
        return [results, inputGradients]
          + parameters.map { LayersTests.bits($0.parameter.gradient!) }
      }
      let whole = withThreads(1) { run([0..<batch]) }
      #expect(run([0..<3, 3..<3, 3..<batch]) == whole)
      let parts = expectSameBits(of: { run([0..<1, 1..<batch]) })
      #expect(parts == whole)
    }
  }

  @Test(
    "Without noise each is Linear with its weight and bias, to the bit, and trains these alone",
    arguments: WeightNoiseCase.allCases)
  func withoutNoise(kind: WeightNoiseCase) {
    let (layer, parameters) = kind.layer(inputs: 20, outputs: 6, bias: true)
    let named = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.parameter) })
    let plain = Linear(weight: named["weight"]!.value, bias: named["bias"]!.value)
    let x = gaussians([7, 20], seed: 1)
    let gradient = gaussians([7, 6], seed: 2)
    #expect(LayersTests.bits(layer(x)) == LayersTests.bits(plain(x)))
    let pass = Pass.withoutNoise(gradients: .both)
    let received = layer.forward(x, pass).pullback(gradient)!
    #expect(
      LayersTests.bits(received) == LayersTests.bits(plain.forward(x, pass).pullback(gradient)!))
    #expect(named["weight"]!.gradient == plain.weight.gradient)
    #expect(Set(parameters.filter { $0.parameter.hasGradient }.map(\.name)) == ["weight", "bias"])
  }

  @Test("A frozen copy gives the same bits, and so do copies and empty batches")
  func frozen() {
    for kind in WeightNoiseCase.allCases {
      let (layer, _) = kind.layer(inputs: 20, outputs: 6, bias: true)
      let x = gaussians([7, 20], seed: 1)
      let model = Sequential([layer])
      #expect(LayersTests.bits(model.frozen()(x)) == LayersTests.bits(model(x)))
      let pass = Pass.sampling(NoiseStream(seed: 3))
      #expect(
        LayersTests.bits(model.frozen()(x, pass))
          == LayersTests.bits(model.forward(x, pass).output))
      let (output, pullback) = model.forward(
        Tensor(zeros: [0, 20]), .training(NoiseStream(seed: 3), gradients: .both))
      #expect(output.shape == [0, 6] && pullback(output)!.shape == [0, 20])
    }
  }

  @Test("First values: those of the papers, and the standard deviations that are given")
  func firstValues() {
    let noisy = NoisyLinear(inputs: 16, outputs: 300).initialized(seed: 3)
    #expect(noisy.weightSigma.value == Tensor(repeating: 0.125, shape: [300, 16]))
    #expect(noisy.biasSigma!.value == Tensor(repeating: 0.125, shape: [300]))
    for parameter in [noisy.weight, noisy.bias!] {
      // Uniform in ±1/√16: all within, and with 300 or more draws some in the outer tenth but for a chance of 0.9³⁰⁰ = 2e-14.
      #expect(parameter.value.scalars.allSatisfy { $0.magnitude <= 0.25 })
      #expect(parameter.value.scalars.contains { $0.magnitude > 0.225 })
    }
    let flipout = FlipoutLinear(inputs: 4, outputs: 3, standardDeviation: 0.05)
      .initialized(seed: 1)
    expectClose(
      flipout.logStandardDeviation.value.exp(), [Double](repeating: 0.05, count: 12),
      tolerance: 1e-6)
    #expect(flipout.bias!.value == Tensor(zeros: [3]))
  }

  @Test("Where an output's variance is 0 the local reparameterisation's gradients are finite")
  func zeroVariance() {
    let layer = LocalReparameterizationLinear(inputs: 3, outputs: 2, standardDeviation: 1)
      .initialized(seed: 1)
    let (output, pullback) = layer.forward(
      Tensor(zeros: [2, 3]), .training(NoiseStream(seed: 1), gradients: .both))
    #expect(output == Tensor(zeros: [2, 2]))
    #expect(pullback(Tensor(repeating: 1, shape: [2, 2]))!.scalars.allSatisfy { $0.isFinite })
    #expect(layer.logStandardDeviation.gradient == Tensor(zeros: [2, 3]))
  }

  @Test("Bad sizes and standard deviations, and parameters without values, stop the program")
  func misuse() async {
    let sigma = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NoisyLinear(inputs: 2, outputs: 2, sigma: -1)
    }
    expect(sigma, says: "NoisyLinear: sigma is -1.0; expected a finite number, 0 or more")
    let inputs = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NoisyLinear(inputs: 0, outputs: 2)
    }
    expect(inputs, says: "NoisyLinear: inputs is 0; expected at least 1")
    let zero = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = FlipoutLinear(inputs: 2, outputs: 2, standardDeviation: 0)
    }
    expect(zero, says: "FlipoutLinear: standardDeviation is 0.0; expected a finite number above 0")
    let nan = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LocalReparameterizationLinear(inputs: 2, outputs: 2, standardDeviation: .nan)
    }
    expect(nan, says: "LocalReparameterizationLinear: standardDeviation is nan")
    let outputs = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = FlipoutLinear(inputs: 2, outputs: -3, standardDeviation: 1)
    }
    expect(outputs, says: "FlipoutLinear: outputs is -3; expected at least 1")
    let values = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NoisyLinear(inputs: 2, outputs: 2)(Tensor(zeros: [1, 2]))
    }
    expect(values, says: "NoisyLinear: the parameter \"weight\" of shape [2, 2] has no value yet")
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = FlipoutLinear(inputs: 2, outputs: 2, standardDeviation: 1).initialized(seed: 1)(
        Tensor(zeros: [1, 3]))
    }
    expect(shape, says: "FlipoutLinear: the input has shape [1, 3]; expected [batch, 2]")
    let stale = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let layer = LocalReparameterizationLinear(inputs: 2, outputs: 2, standardDeviation: 1)
        .initialized(seed: 1)
      let (output, pullback) = layer.forward(
        Tensor(zeros: [1, 2]), .training(NoiseStream(seed: 1)))
      layer.logStandardDeviation.value += 1
      pullback(output)
    }
    expect(stale, says: "the parameter \"logStandardDeviation\" changed from version 1 to 2")
  }
}
