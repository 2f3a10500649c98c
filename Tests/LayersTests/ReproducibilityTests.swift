import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions
import Optimizers
import TestSupport
import Testing

/// Noise at both sites of two layers and between them, one of it a distribution of a user's own.
private func noisyModel(seed: UInt64, inputs: Int, hidden: Int, outputs: Int) -> Sequential {
  Sequential(seed: seed) {
    Linear(inputs: inputs, outputs: hidden)
      .noise(.adding(Gaussian(standardDeviation: 0.2)), on: .input)
      .noise(.multiplying(LogNormal.unitMean(logStandardDeviation: 0.2)), on: .input)
      .noise(.dropout(rate: 0.2), on: .output)
    GELU()
    Dropout(rate: 0.1)
    Linear(inputs: hidden, outputs: outputs)
      .noise(.replacing(SaltAndPepper(rate: 0.02)), on: .input)
      .noise(.adding(Tent(halfWidth: 0.1)), on: .output)
  }
}

/// Some steps of training; the batch is computed in parts where `parts` has several.
private func train(
  steps: Int, rows: Int, inputs: Int, hidden: Int, outputs: Int, parts: [Range<Int>]
) -> [[UInt32]] {
  let model = noisyModel(seed: 1, inputs: inputs, hidden: hidden, outputs: outputs)
  let optimizer = AdamW(model.parameters, learningRate: 1e-2)
  let noise = NoiseStream(seed: 2)
  for step in 0..<steps {
    let x = gaussians([rows, inputs], seed: UInt64(100 + step))
    let labels = (0..<rows).map { ($0 + step) % outputs }
    for part in parts {
      let (logits, pullback) = model.forward(
        x.rows(part), .training(noise.at(step: optimizer.stepCount).rows(from: part.lowerBound)))
      pullback(crossEntropy(logits, Array(labels[part]), count: rows).gradient)
    }
    clipGradients(of: optimizer.parameters, maximumNorm: 0.5)
    optimizer.step()
  }
  return model.parameters.map { bits($0.value) }
}

@Suite("The same run gives the same bits")
struct ReproducibilityTests {
  /// Small, with matrices in both layouts of draws; and one whose products are worth two threads.
  static let sizes = [
    (steps: 25, rows: 50, inputs: 8, hidden: 40, outputs: 5),
    (steps: 3, rows: 301, inputs: 130, hidden: 260, outputs: 10),
  ]
  /// Hashes of the weights that come out: they change with the stream, the order of arithmetic, or an elementary function.
  static let golden = ["46533de30162c7a6", "2a0f767d3b7fc9f7"]

  @Test(
    "Training gives identical weights on every instruction set, on 1, 2 and 3 threads, and in parts",
    arguments: [0, 1])
  func training(size: Int) {
    let (steps, rows, inputs, hidden, outputs) = ReproducibilityTests.sizes[size]
    func run(_ parts: [Range<Int>]) -> [[UInt32]] {
      train(
        steps: steps, rows: rows, inputs: inputs, hidden: hidden, outputs: outputs, parts: parts)
    }
    let expected = expectSameBits(of: { run([0..<rows]) })
    #expect(expected.joined().allSatisfy { Float(bitPattern: $0).isFinite })
    #expect(
      hash(expected.joined().map { Float(bitPattern: $0) }) == ReproducibilityTests.golden[size])
    for parts in [[0..<1, 1..<rows], [0..<17, 17..<20, 20..<(rows - 3), (rows - 3)..<rows]] {
      #expect(run(parts) == expected, "\(parts)")
    }
  }

  @Test(
    "A pullback may run with other threads and on another instruction set than its forward pass")
  func otherExecution() {
    let x = gaussians([70, 8], seed: 1)
    let outputGradient = gaussians([70, 5], seed: 2)
    func gradients(_ forward: (InstructionSet, Int), _ back: (InstructionSet, Int)) -> [[UInt32]] {
      let model = noisyModel(seed: 1, inputs: 8, hidden: 40, outputs: 5)
      let pullback = withInstructionSet(forward.0) {
        withThreads(forward.1) {
          model.forward(x, .training(NoiseStream(seed: 1), gradients: .both)).pullback
        }
      }
      let inputGradient = withInstructionSet(back.0) {
        withThreads(back.1) { pullback(outputGradient)! }
      }
      return [bits(inputGradient)] + model.parameters.map { bits($0.gradient!) }
    }
    let sets = InstructionSet.available
    let expected = gradients((sets[0], 1), (sets[0], 1))
    for set in sets {
      #expect(
        gradients((sets[0], 1), (set, 3)) == expected, "forward on \(sets[0]), back on \(set)")
      #expect(
        gradients((set, 3), (sets[0], 1)) == expected, "forward on \(set), back on \(sets[0])")
    }
  }

  @Test("A steady training step takes no new memory from the system")
  func memory() async {
    // In a process of its own: other tests take memory at the same time.
    await #expect(processExitsWith: .success) {
      let model = noisyModel(seed: 1, inputs: 30, hidden: 50, outputs: 5)
      let optimizer = AdamW(model.parameters, learningRate: 1e-2)
      let noise = NoiseStream(seed: 2)
      let x = gaussians([64, 30], seed: 3)
      let labels = (0..<64).map { $0 % 5 }
      var before = 0
      for step in 0..<12 {
        if step == 4 { before = MemoryPool.freshBlocks }
        let (logits, pullback) = model.forward(x, .training(noise.at(step: step)))
        pullback(crossEntropy(logits, labels).gradient)
        clipGradients(of: optimizer.parameters, maximumNorm: 0.1)
        optimizer.step()
      }
      #expect(MemoryPool.freshBlocks == before)
    }
  }

  @Test("Another seed of the noise, or of the weights, gives other weights")
  func seedsMatter() {
    let x = gaussians([4, 8], seed: 1)
    func output(_ weights: UInt64, _ noise: UInt64, _ step: Int) -> [UInt32] {
      bits(
        noisyModel(seed: weights, inputs: 8, hidden: 40, outputs: 5)
          .forward(x, .training(NoiseStream(seed: noise).at(step: step))).output)
    }
    let one = output(1, 1, 0)
    #expect(output(1, 1, 0) == one)
    #expect(output(2, 1, 0) != one)
    #expect(output(1, 2, 0) != one)
    #expect(output(1, 1, 1) != one)
  }

  @Test("Training and sampling of one stream draw different noise")
  func domains() {
    let model = noisyModel(seed: 1, inputs: 8, hidden: 40, outputs: 5)
    let x = gaussians([4, 8], seed: 1)
    let stream = NoiseStream(seed: 1)
    #expect(
      bits(model.forward(x, .training(stream)).output)
        != bits(model.forward(x, .sampling(stream)).output))
  }

  @Test(
    "A distribution of one's own at both sites is its draws applied by hand, to the bit",
    arguments: [(5, 7), (40, 33), (33, 100)])
  func customByHand(inputs: Int, outputs: Int) {
    let batch = 10
    let layer = Linear(inputs: inputs, outputs: outputs).initialized(seed: 1)
    let distribution = Tent(halfWidth: 0.5)
    let x = gaussians([batch, inputs], seed: 2)
    let stream = NoiseStream(seed: 3).at(step: 4).rows(from: 2)
    func draws(_ site: String, _ columns: Int) -> Tensor {
      Tensor(
        stream.draws(from: distribution, site: site, rows: batch, columns: columns),
        shape: [batch, columns])
    }
    let added = layer.noise(.adding(distribution), on: .input)
      .noise(.adding(distribution), on: .output)
    #expect(
      bits(added.forward(x, .training(stream)).output)
        == bits(layer(x + draws("input", inputs)) + draws("output", outputs)))
    let multiplied = layer.noise(.multiplying(distribution), on: .input)
      .noise(.multiplying(distribution), on: .output)
    #expect(
      bits(multiplied.forward(x, .training(stream)).output)
        == bits(layer(x * draws("input", inputs)) * draws("output", outputs)))
  }

  @Test(
    "Noise on the input of Linear is Perturb at the same path and site, then Linear, to the bit")
  func perturbThenLinear() {
    let layer = Linear(inputs: 40, outputs: 6).initialized(seed: 1)
    let x = gaussians([9, 40], seed: 2)
    let pass = Pass.training(NoiseStream(seed: 3), gradients: .both)
    for rule in RuleCase.allCases {
      let noisy = layer.noise(rule.rule, on: .input).forward(x, pass).output
      #expect(
        bits(noisy) == bits(layer(Perturb(rule.rule).forward(x, pass).output)), "\(rule.rawValue)")
    }
  }
}
