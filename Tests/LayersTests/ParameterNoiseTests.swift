import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

/// Every kind of rule on the weight and the bias of a layer, some at once.
private let rules: [[RuleCase]] =
  RuleCase.allCases.map { [$0] } + [
    [.multiplyLogNormal, .addGaussian, .dropout], [.saltAndPepper, .multiplyCustom],
  ]

private func layer(_ cases: [RuleCase], inputs: Int, outputs: Int) -> Linear {
  var layer = Linear(
    weight: gaussians([outputs, inputs], seed: 2, scale: 0.5), bias: gaussians([outputs], seed: 3))
  for rule in cases { layer = layer.noise(rule.rule, on: .weight).noise(rule.rule, on: .bias) }
  return layer
}

private func allBits(_ layer: Linear) -> [[UInt32]] {
  [bits(layer.weight.gradient!), bits(layer.bias!.gradient!)]
}

@Suite("Noise on the weight and the bias of Linear")
struct ParameterNoiseTests {
  @Test(
    "Parts of a batch have the whole's noise and, together, its gradients, to the bit",
    arguments: rules)
  func parts(cases: [RuleCase]) {
    for (batch, inputs, outputs) in [(9, 8, 5), (70, 40, 35), (40, 33, 140)] {
      let x = gaussians([batch, inputs], seed: 1)
      let outputGradient = gaussians([batch, outputs], seed: 4)
      let stream = NoiseStream(seed: 5).at(step: 3)
      func run(_ parts: [Range<Int>], before: Tensor? = nil) -> [[UInt32]] {
        let noisy = layer(cases, inputs: inputs, outputs: outputs)
        if let before { noisy.weight.addToGradient(before) }
        var results: [UInt32] = []
        var inputGradients: [UInt32] = []
        for part in parts {
          let (output, pullback) = noisy.forward(
            x.rows(part), .training(stream.rows(from: part.lowerBound), gradients: .both))
          results += bits(output)
          inputGradients += bits(pullback(outputGradient.rows(part))!)
        }
        return [results, inputGradients] + allBits(noisy)
      }
      for before in [nil, gaussians([outputs, inputs], seed: 6)] {
        let whole = withThreads(1) { run([0..<batch], before: before) }
        #expect(run([0..<1, 1..<batch], before: before) == whole)
        #expect(run([0..<5, 5..<5, 5..<8, 8..<batch], before: before) == whole)
        let parts = expectSameBits(of: { run([0..<4, 4..<batch], before: before) })
        #expect(parts == whole)
      }
    }
  }

  @Test("The weight and bias with noise are their draws applied by hand, to the bit")
  func byHand() {
    for (batch, inputs, outputs) in [(3, 5, 7), (10, 40, 33), (200, 130, 20)] {
      let x = gaussians([batch, inputs], seed: 1)
      for cases in rules {
        let noisy = layer(cases, inputs: inputs, outputs: outputs)
        let stream = NoiseStream(seed: 3).at(step: 4).rows(from: 2)
        // A rule on a matrix at the site, and the same on a bias as one column.
        func applied(_ rules: [NoiseRule], _ matrix: Tensor, _ site: String) -> Tensor {
          let prepared = PreparedNoise(
            rules, stream: stream.rows(from: 0).in(.training), site: site,
            rows: matrix.shape[0], columns: matrix.shape[1])
          return unsafe Tensor(undefined: matrix.shape) { y in
            unsafe matrix.withUnsafePointer { x in
              unsafe prepared.apply(rows: matrix.shape[0], columns: matrix.shape[1], x, y)
            }
          }
        }
        let bias = applied(
          noisy.biasNoise, noisy.bias!.value.reshaped(to: [outputs, 1]), "bias")
        let plain = Linear(
          weight: applied(noisy.weightNoise, noisy.weight.value, "weight"),
          bias: bias.reshaped(to: [outputs]))
        #expect(bits(noisy.forward(x, .training(stream)).output) == bits(plain(x)))
      }
    }
  }

  @Test("Reading the gradient between the parts of a batch changes no bit of it")
  func reading() {
    let x = gaussians([20, 40], seed: 1)
    let gradient = gaussians([20, 6], seed: 2)
    func run(reads: Bool) -> ([[UInt32]], [UInt32]?) {
      let noisy = layer([.multiplyLogNormal], inputs: 40, outputs: 6)
      var read: [UInt32]?
      for part in [0..<7, 7..<20] {
        noisy.forward(
          x.rows(part), .training(NoiseStream(seed: 1).rows(from: part.lowerBound))
        ).pullback(gradient.rows(part))
        if reads && read == nil { read = bits(noisy.weight.gradient!) }
      }
      return (allBits(noisy), read)
    }
    let (gradients, read) = run(reads: true)
    #expect(gradients == run(reads: false).0)
    #expect(read != nil && read != gradients[0])
  }

  @Test("Gradients of passes with other draws, and without noise, add up")
  func mixed() {
    let x = gaussians([6, 40], seed: 1)
    let gradient = gaussians([6, 7], seed: 2)
    let passes: [Pass] =
      (0..<3).map { .training(NoiseStream(seed: 1).at(step: $0 / 2)) } + [
        .withoutNoise(gradients: .parameters), .training(NoiseStream(seed: 1).at(step: 0)),
      ]
    let together = layer([.dropout], inputs: 40, outputs: 7)
    var sum = [Double](repeating: 0, count: 7 * 40)
    for pass in passes {
      together.forward(x, pass).pullback(gradient)
      let alone = layer([.dropout], inputs: 40, outputs: 7)
      alone.forward(x, pass).pullback(gradient)
      for (index, value) in alone.weight.gradient!.scalars.enumerated() {
        sum[index] += Double(value)
      }
    }
    expectClose(together.weight.gradient!, sum, tolerance: 1e-5, "weight gradient")
  }

  @Test("A weight that dropout drops may be infinite, and its gradient is 0")
  func dropConnect() {
    let layer = Linear(
      weight: Tensor(repeating: .infinity, shape: [3, 4]), bias: Tensor([1, 2, 3])
    ).noise(.dropout(rate: 1), on: .weight)
    let x = Tensor(repeating: 1, shape: [2, 4])
    let (output, pullback) = layer.forward(
      x, .training(NoiseStream(seed: 1), gradients: .both))
    #expect(output == Tensor(rows: [[1, 2, 3], [1, 2, 3]]))
    #expect(pullback(Tensor(repeating: .infinity, shape: [2, 3]))!.shape == [2, 4])
    #expect(layer.weight.gradient == Tensor(zeros: [3, 4]))
    #expect(layer.bias!.gradient == Tensor(repeating: .infinity, shape: [3]))
  }

  @Test("The same draws for every row of a pass; others at another step, site, slot and path")
  func address() {
    let ones = Tensor(repeating: 1, shape: [5, 40])
    let adding = NoiseRule.adding(Gaussian(standardDeviation: 1))
    let plain = Linear(weight: Tensor(zeros: [4, 40]), bias: Tensor(zeros: [4]))
    func output(_ layer: Linear, _ pass: Pass) -> Tensor { layer.forward(ones, pass).output }
    let noise = NoiseStream(seed: 1)
    let onWeight = plain.noise(adding, on: .weight)
    let first = output(onWeight, .training(noise))
    for row in 1..<5 { #expect(bits(first.rows(row..<(row + 1))) == bits(first.rows(0..<1))) }
    let draws = noise.draws(
      from: Gaussian(standardDeviation: 1), site: "weight", rows: 4, columns: 40)
    expectClose(
      first.rows(0..<1),
      (0..<4).map { row in
        draws[(row * 40)..<(row * 40 + 40)].reduce(0) { $0 + Double($1) }
      }, tolerance: 1e-6)
    let others = [
      output(onWeight, .training(noise.at(step: 1))), output(onWeight, .sampling(noise)),
      output(onWeight, .training(noise).child("0")),
      output(
        plain.noise(.adding(Gaussian(standardDeviation: 0)), on: .weight)
          .noise(adding, on: .weight), .training(noise)),
      output(plain.noise(adding, on: .bias), .training(noise)),
    ]
    #expect(Set(others.map(bits) + [bits(first)]).count == others.count + 1)
  }

  @Test("A rule on a bias that is not there stops the program")
  func noBias() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Linear(inputs: 2, outputs: 2, bias: false).noise(.dropout(rate: 0.5), on: .bias)
    }
    expect(result, says: "dropout(rate: 0.5) on the bias of a layer without one")
  }
}
