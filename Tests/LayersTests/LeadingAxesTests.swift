import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

/// Every layer that works on rows, of six columns.
private func layersOfRows() -> [(name: String, layer: any Layer)] {
  let noise = NoiseRule.adding(
    Gaussian(standardDeviation: 0.5), scale: .signalToNoiseRatio(decibels: 6))
  let layers: [(String, any Layer)] = [
    (
      "Linear",
      Linear(inputs: 6, outputs: 4).noise(noise, on: .input).noise(.dropout(rate: 0.3), on: .output)
    ),
    (
      "learned",
      Linear(inputs: 6, outputs: 40)
        .noise(
          .adding(Gaussian(standardDeviation: 1), scale: .learned(0.3, .perFeature)), on: .input)
    ),
    ("NoisyLinear", NoisyLinear(inputs: 6, outputs: 5)),
    ("Flipout", FlipoutLinear(inputs: 6, outputs: 5, standardDeviation: 0.2)),
    (
      "local reparameterization",
      LocalReparameterizationLinear(inputs: 6, outputs: 5, standardDeviation: 0.2)
    ),
    ("Perturb", Perturb(noise)), ("Dropout", Dropout(rate: 0.4)),
    ("ConcreteDropout", ConcreteDropout(rate: 0.4)),
    ("LogNormalNoise", LogNormalNoise(logStandardDeviation: 0.4)),
    ("Softmax", Softmax()), ("LayerNorm", LayerNorm(features: 6)),
    ("BatchNorm", BatchNorm(features: 6)),
    (
      "Residual",
      Residual(projection: Linear(inputs: 6, outputs: 3)) {
        Linear(inputs: 6, outputs: 3)
        Tanh()
      }
    ),
  ]
  return layers.map { ($0.0, $0.1.initialized(seed: 1)) }
}

/// [batch, time, features] with one noise, then the same as [batch, time · features] with another.
private struct MomentsThenSamples: Layer {
  var moments: Perturb
  var samples: Perturb

  mutating func visit(_ visitor: inout LayerVisitor) {
    visitor.child("moments", &moments)
    visitor.child("samples", &samples)
  }

  func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    let perMoment = moments.forward(input, pass.child("moments")).output
    let flat = perMoment.reshaped(to: [input.shape[0], input.shape[1] * input.shape[2]])
    return (samples.forward(flat, pass.child("samples")).output, .none)
  }
}

@Suite("Axes before the last are rows")
struct LeadingAxesTests {
  @Test(
    "Output, input gradient and parameter gradients are those of the matrix of rows, to the bit")
  func sameAsMatrix() throws {
    let x = gaussians([24, 6], seed: 1)
    let stream = NoiseStream(seed: 2).at(step: 3)
    let pass = Pass.training(stream.rows(from: 5), gradients: .both)
    for (name, layer) in layersOfRows() {
      for (leading, rowsPerSample) in [([2, 3, 4], 12), ([24, 1], 1), ([1, 1, 24], 24)] {
        for parameter in layer.parameters { parameter.clearGradient() }
        let matrix = layer.forward(
          x, .training(stream.rows(from: 5 * rowsPerSample), gradients: .both))
        let outputGradient = gaussians(matrix.output.shape, seed: 3)
        let inputGradient = try #require(matrix.pullback(outputGradient))
        let gradients = layer.parameters.map { bits($0.gradient!) }
        for parameter in layer.parameters { parameter.clearGradient() }
        let (output, pullback) = layer.forward(x.reshaped(to: leading + [6]), pass)
        #expect(output.shape == leading + [matrix.output.shape[1]], "\(name)")
        #expect(bits(output) == bits(matrix.output), "\(name), \(leading)")
        let gradient = try #require(pullback(outputGradient.reshaped(to: output.shape)))
        #expect(gradient.shape == leading + [6] && bits(gradient) == bits(inputGradient), "\(name)")
        #expect(layer.parameters.map { bits($0.gradient!) } == gradients, "\(name), \(leading)")
      }
    }
  }

  @Test("The parts of a batch have the noise of the whole's, each beginning at its first sample")
  func parts() {
    let x = gaussians([5, 7, 6], seed: 1)
    let stream = NoiseStream(seed: 4).at(step: 1)
    // Without the layer that takes a batch as one.
    for (name, layer) in layersOfRows() where name != "BatchNorm" {
      let whole = layer.forward(x, .training(stream)).output
      for range in [0..<2, 2..<3, 3..<5] {
        let pass = Pass.training(stream.rows(from: range.lowerBound))
        #expect(
          bits(layer.forward(x.rows(range), pass).output) == bits(whole.rows(range)),
          "\(name), \(range)")
      }
    }
  }

  @Test("So do the parts where layers see different axes: no two samples share their draws")
  func mixedAxes() {
    let model = MomentsThenSamples(
      moments: Perturb(.adding(Gaussian(standardDeviation: 1))),
      samples: Perturb(.adding(Gaussian(standardDeviation: 1))))
    let x = Tensor(zeros: [5, 7, 6])
    let stream = NoiseStream(seed: 4).at(step: 1)
    let whole = model.forward(x, .training(stream)).output
    #expect(Set(bits(whole)).count > 5 * 42 - 3)
    for range in [0..<2, 2..<3, 3..<5] {
      let pass = Pass.training(stream.rows(from: range.lowerBound))
      #expect(bits(model.forward(x.rows(range), pass).output) == bits(whole.rows(range)))
    }
  }

  @Test("A part that begins beyond the last row there can be stops with the row")
  func firstRow() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let pass = Pass.training(NoiseStream(seed: 1).rows(from: 1 << 31))
      _ = Dropout(rate: 0.5).forward(Tensor(zeros: [1, 2, 3]), pass)
    }
    expect(result, says: "NoiseStream.rows: the first row is 4294967296; expected 0 ..< 4294967296")
  }

  @Test("Lengths are one for each row: of channels, and of moments within a sequence and beyond")
  func lengths() {
    let layer = Perturb(
      .adding(
        Gaussian(standardDeviation: 1), scale: .signalToNoiseRatio(decibels: 0).overTrueSamples()))
    let x = Tensor(repeating: 1, shape: [2, 2, 10])
    let pass = Pass.training(NoiseStream(seed: 1)).rows(ofLengths: [10, 3, 0, 7])
    let output = layer.forward(x, pass).output
    for (row, length) in [10, 3, 0, 7].enumerated() {
      for column in 0..<10 {
        #expect((output[row / 2, row % 2, column] == 1) == (column >= length))
      }
    }
  }

  @Test("An empty batch gives an empty output of its axes")
  func empty() {
    let pass = Pass.sampling(NoiseStream(seed: 1), gradients: .both)
    for (name, layer) in layersOfRows() {
      let (output, pullback) = layer.forward(Tensor(zeros: [3, 0, 6]), pass)
      #expect(output.count == 0 && output.shape.prefix(2) == [3, 0], "\(name)")
      #expect(pullback(output)?.shape == [3, 0, 6], "\(name)")
    }
  }

  @Test("A vector, another width and a gradient of other axes stop with the shapes")
  func misuse() async {
    let vector = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LayerNorm(features: 6).initialized(seed: 1)(Tensor(zeros: [6]))
    }
    expect(
      vector,
      says: "LayerNorm: the input has shape [6]; expected [batch, 6], or more axes before the last")
    let width = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential(seed: 1) { Linear(inputs: 6, outputs: 2) }(Tensor(zeros: [2, 3, 5]))
    }
    expect(width, says: "Linear at path \"0\": the input has shape [2, 3, 5]; expected [batch, 6]")
    let gradient = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (_, pullback) = Softmax().forward(
        Tensor(zeros: [2, 3, 5]), .withoutNoise(gradients: .input))
      pullback(Tensor(zeros: [6, 5]))
    }
    expect(gradient, says: "Softmax: the gradient of the output has shape [6, 5]", "[2, 3, 5]")
  }
}
