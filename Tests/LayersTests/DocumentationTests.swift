import DitherTensors
import Layers
import NoiseDistributions
import Optimizers
import Testing

/// The layer of one's own that the documentation of ``Layer`` shows.
struct Average<First: Layer, Second: Layer>: Layer {
  var first: First
  var second: Second

  func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    let (one, pullbackOfOne) = first.forward(input, pass.child("first"))
    let (two, pullbackOfTwo) = second.forward(input, pass.child("second"))
    return (
      (one + two) / 2,
      Pullback { gradient in
        let half = gradient / 2
        let (one, two) = (pullbackOfOne(half), pullbackOfTwo(half))
        guard let one, let two else { return nil }
        return one + two
      }
    )
  }

  mutating func visit(_ visitor: inout LayerVisitor) {
    visitor.child("first", &first)
    visitor.child("second", &second)
  }
}

/// A layer of one's own with a parameter, as the catalog of Layers shows it: y = scale ∘ x.
struct Scale: Layer {
  var scale: Parameter

  init(columns: Int) {
    scale = Parameter(shape: [columns], initializer: .constant(1))
  }

  func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    (
      input * scale.value,
      Pullback(reading: ["scale": scale], path: pass.path) { [scale] gradient in
        if pass.gradients.contains(.parameters) {
          scale.addToGradient(columnSumsOf: gradient * input)
        }
        return pass.gradients.contains(.input) ? gradient * scale.value : nil
      }
    )
  }

  mutating func visit(_ visitor: inout LayerVisitor) {
    visitor.parameter("scale", &scale)
  }
}

@Suite("The documentation's samples work")
struct DocumentationTests {
  @Test("A layer of one's own has the same gradient, to the bit, from a batch and from its parts")
  func partsOfOwnLayer() {
    let inputs = gaussians([128, 40], seed: 2)
    let gradient = gaussians([128, 40], seed: 3)
    let (whole, parts) = (Scale(columns: 40), Scale(columns: 40))
    for (scale, cuts) in [(whole, [0, 128]), (parts, [0, 50, 64, 128])] {
      scale.scale.initialize(seed: 1, path: "scale")
      for (begin, end) in zip(cuts, cuts.dropFirst()) {
        let (_, pullback) = scale.forward(
          inputs.rows(begin..<end), .withoutNoise(gradients: .parameters))
        pullback(gradient.rows(begin..<end))
      }
    }
    #expect(bits(whole.scale.gradient!) == bits(parts.scale.gradient!))
    // The sum is that of the products, and parts added when finished would differ.
    #expect(
      whole.scale.gradient!.isApproximatelyEqual(
        to: (inputs * gradient).sum(axis: 0), absoluteTolerance: 1e-4))
    #expect(
      whole.scale.gradient! != (inputs.rows(0..<64) * gradient.rows(0..<64)).sum(axis: 0)
        + (inputs.rows(64..<128) * gradient.rows(64..<128)).sum(axis: 0))
  }

  @Test("A product continues a gradient: parts of a batch give the bits of the whole")
  func partsOfProduct() {
    let (a, b) = (gaussians([128, 7], seed: 4), gaussians([128, 33], seed: 5))
    let (whole, parts) = (Parameter(Tensor(zeros: [7, 33])), Parameter(Tensor(zeros: [7, 33])))
    whole.addToGradient(productOfTransposed: a, and: b)
    for range in [0..<1, 1..<64, 64..<128] {
      parts.addToGradient(productOfTransposed: a.rows(range), and: b.rows(range))
    }
    #expect(bits(whole.gradient!) == bits(parts.gradient!))
    #expect(whole.gradient! == a.matmul(b, transposingSelf: true))
  }

  @Test("The training loop of the overviews learns")
  func trainingLoop() {
    let inputs = gaussians([64, 8], seed: 1)
    let labels = (0..<64).map { inputs[$0, 0] > 0 ? 1 : 0 }

    let model = Sequential(seed: 7) {
      Linear(inputs: 8, outputs: 32).noise(.adding(Gaussian(standardDeviation: 0.1)), on: .input)
      ReLU()
      Linear(inputs: 32, outputs: 2)
    }
    let optimizer = AdamW(model.parameters, learningRate: 1e-2)
    let noise = NoiseStream(seed: 42)

    var losses: [Float] = []
    for _ in 0..<60 {
      let (logits, pullback) = model.forward(
        inputs, .training(noise.at(step: optimizer.stepCount)))
      let (loss, gradient) = crossEntropy(logits, labels)
      pullback(gradient)
      clipGradients(of: optimizer.parameters, maximumNorm: 1)
      optimizer.step()
      losses.append(loss)
    }
    let predictions = model(inputs).indicesOfRowMaxima()

    #expect(losses.last! < losses[0] / 3)
    #expect(zip(predictions, labels).filter { $0 == $1 }.count >= 62)
  }

  @Test("Layers of one's own have the right gradients, alone and in a network")
  func ownLayers() {
    let x = gaussians([5, 3], seed: 1)
    let outputGradient = gaussians([5, 3], seed: 2)
    let model = Average(
      first: Sequential {
        Scale(columns: 3)
        Linear(inputs: 3, outputs: 3, bias: false)
      }, second: Scale(columns: 3)
    ).initialized(seed: 1)
    #expect(
      model.namedParameters.map(\.name) == ["first.0.scale", "first.1.weight", "second.scale"])
    let (output, pullback) = model.forward(x, .withoutNoise(gradients: .both))
    let inputGradient = pullback(outputGradient)!
    func reference(_ arguments: [Matrix]) -> Matrix {
      let x = arguments[0]
      let one = Matrix(rows: 5, columns: 3) { x[$0, $1] * arguments[1][0, $1] }
        .timesTransposed(arguments[2])
      let two = Matrix(rows: 5, columns: 3) { x[$0, $1] * arguments[3][0, $1] }
      return 0.5 * (one + two)
    }
    let arguments = [Matrix(x)] + model.parameters.map { Matrix($0.value) }
    let expected = reference(arguments)
    #expect(zip(output.scalars, expected.values).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    expectGradients(
      [("input", inputGradient)] + model.namedParameters.map { ($0.name, $0.parameter.gradient!) },
      of: { reference($0).dot(Matrix(outputGradient)) }, at: arguments)
  }
}
