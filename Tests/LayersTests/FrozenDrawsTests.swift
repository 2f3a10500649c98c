import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

/// A child that is used at several time steps, under one name or numbered.
private struct Repeated: Layer {
  var child = Dropout(rate: 0.5)
  var numbered: Bool

  func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    let outputs = (0..<3).map { step in
      child.forward(input, pass.child("child", occurrence: numbered ? step : 0)).output
    }
    return (Tensor(concatenating: outputs), .none)
  }

  mutating func visit(_ visitor: inout LayerVisitor) { visitor.child("child", &child) }
}

@Suite("The same draws over several calls, and noise at inference")
struct FrozenDrawsTests {
  private let model = Sequential(seed: 1) {
    Linear(inputs: 20, outputs: 40).noise(.adding(Gaussian(standardDeviation: 1)), on: .input)
      .noise(.dropout(rate: 0.3), on: .weight)
    Dropout(rate: 0.5)
    Sequential {
      Linear(inputs: 40, outputs: 5).noise(.adding(Uniform(halfWidth: 1)), on: .bias)
      Perturb(.adding(Gaussian(standardDeviation: 1)))
    }
  }
  private let x = gaussians([6, 20], seed: 2)

  private func output(_ pass: Pass) -> [UInt32] { bits(model.forward(x, pass).output) }

  @Test("A frozen stream draws the same at every step; another draws anew")
  func frozenStream() {
    let noise = NoiseStream(seed: 3)
    let held = noise.at(step: 5).frozen()
    #expect(held.isFrozen && !noise.isFrozen && held.at(step: 9).step == 5)
    let expected = output(.training(noise.at(step: 5)))
    for step in [0, 5, 6, 1 << 40] {
      #expect(output(.training(held.at(step: step))) == expected)
      #expect((output(.training(noise.at(step: step))) == expected) == (step == 5))
    }
  }

  @Test(
    "A frozen stream still tells rows, domains and seeds apart, and draws what the plain one does")
  func frozenAddresses() {
    let noise = NoiseStream(seed: 3).at(step: 5)
    let held = noise.frozen()
    #expect(output(.sampling(held)) == output(.sampling(noise)))
    #expect(output(.sampling(held)) != output(.training(held)))
    #expect(output(.training(held.rows(from: 1))) != output(.training(held)))
    let parts = [0..<2, 2..<6].flatMap { part in
      bits(
        model.forward(x.rows(part), .training(held.at(step: 8).rows(from: part.lowerBound))).output)
    }
    #expect(parts == output(.training(noise)))
  }

  @Test("One pass used twice draws the same; one child used twice under one name too")
  func onePass() {
    let pass = Pass.training(NoiseStream(seed: 3))
    #expect(output(pass) == output(pass))
    for numbered in [false, true] {
      let output = Repeated(numbered: numbered).forward(x, pass).output
      let uses = (0..<3).map { bits(output.rows(($0 * 6)..<($0 * 6 + 6))) }
      #expect(Set(uses).count == (numbered ? 3 : 1))
    }
  }

  @Test("A negative step stops the program, frozen or not")
  func negativeStep() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NoiseStream(seed: 1).frozen().at(step: -1)
    }
    expect(result, says: "NoiseStream.at: step is -1; expected 0 or more")
  }

  @Test("Noise at the layers named alone")
  func namedLayers() {
    let stream = NoiseStream(seed: 3)
    let pass = Pass.sampling(stream)
    func only(_ layers: [String]) -> [UInt32] { output(pass.noise(onlyAt: layers, of: model)) }
    #expect(only([]) == output(.inference))
    #expect(only(["0", "1", "2"]) == output(pass))
    #expect(only(["2"]) == only(["2.0", "2.1"]))
    #expect(Set([only([]), only(["0"]), only(["1"]), only(["2"]), only(["2.1"])]).count == 5)
    // With the first layer's noise alone, what follows is inference on its noisy output.
    let first = model.layers[0].forward(x, pass.child("0")).output
    let rest = Sequential(Array(model.layers.dropFirst()))
    #expect(only(["0"]) == bits(rest(first)))
  }

  @Test("Numbered uses of a layer that is named have noise too")
  func namedUses() {
    let layer = Repeated(numbered: true)
    let pass = Pass.sampling(NoiseStream(seed: 3))
    let some = pass.noise(onlyAt: ["child"], of: layer)
    #expect(bits(layer.forward(x, some).output) == bits(layer.forward(x, pass).output))
  }

  @Test("A layer that is not there stops the program, and those that are there are listed")
  func unknownLayer() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = Sequential { Sequential { Dropout(rate: 0.5) } }
      _ = Pass.sampling(NoiseStream(seed: 1)).noise(onlyAt: ["0.1"], of: model)
    }
    expect(result, says: "no layer at path \"0.1\"; expected one of [\"0\", \"0.0\"]")
  }

  @Test("A frozen model samples as the model does, from many tasks at once, and not with gradients")
  func frozenModel() async {
    let frozen = model.frozen()
    let expected = (0..<8).map { output(.sampling(NoiseStream(seed: 3).at(step: $0))) }
    #expect(Set(expected).count == 8)
    await withTaskGroup(of: (Int, [UInt32]).self) { group in
      for step in 0..<8 {
        group.addTask {
          (
            step,
            bits(
              frozen(gaussians([6, 20], seed: 2), .sampling(NoiseStream(seed: 3).at(step: step))))
          )
        }
      }
      for await (step, received) in group { #expect(received == expected[step]) }
    }
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dropout(rate: 0.5).frozen()(Tensor(zeros: [1, 1]), .training(NoiseStream(seed: 1)))
    }
    expect(result, says: "a frozen model's pass wants the gradients", "expected none")
  }
}
