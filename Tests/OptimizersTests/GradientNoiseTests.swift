import DitherRuntime
import DitherTensors
import NoiseDistributions
import Optimizers
import TestSupport
import Testing

private let shapes = [[4, 40], [7], [], [2, 3, 5]]
private let gaussian = Gaussian(standardDeviation: 0.1)

/// Five steps; before each, `change` may do something to the gradients.
private func train(
  _ optimizer: OptimizerCase, noise: GradientNoise? = nil,
  change: (_ parameters: [Parameter], _ step: Int) -> Void = { _, _ in }
) -> [[UInt32]] {
  let parameters = shapes.enumerated().map { Parameter(ramp($1, $0)) }
  let optimizer = optimizer.make(parameters, learningRate: 0.01, gradientNoise: noise)
  for step in 0..<5 {
    for (index, parameter) in parameters.enumerated() where (step + index) % 4 != 3 {
      parameter.addToGradient(ramp(parameter.shape, 10 * step + index))
    }
    change(parameters, step)
    optimizer.step()
  }
  return parameters.map { $0.value.scalars.map(\.bitPattern) }
}

/// Rows and columns of a parameter's draws, as the documentation says.
private func matrix(_ shape: [Int]) -> (rows: Int, columns: Int) {
  switch shape.count {
  case 0: (1, 1)
  case 1: (shape[0], 1)
  default: (shape[0], shape.dropFirst().reduce(1, *))
  }
}

@Suite("Noise on gradients")
struct GradientNoiseTests {
  @Test(
    "A step is the plain step with the draws added to the gradients by hand, to the bit",
    arguments: OptimizerCase.allCases)
  func byHand(optimizer: OptimizerCase) {
    let stream = NoiseStream(seed: 8)
    let received = train(
      optimizer, noise: GradientNoise(.adding(gaussian), .dropout(rate: 0.3), from: stream))
    let expected = train(optimizer) { parameters, step in
      for (index, parameter) in parameters.enumerated() where parameter.hasGradient {
        let (rows, columns) = matrix(parameter.shape)
        func draws(_ distribution: some NoiseDistribution, slot: Int) -> [Float] {
          stream.in(.optimizer).at(step: step).draws(
            from: distribution, site: "\(index).gradient", slot: slot, rows: rows,
            columns: columns)
        }
        let added = draws(gaussian, slot: 0)
        let dropped = draws(Bernoulli(probability: 0.3), slot: 1)
        let keep = Float(1 / (1 - Bernoulli(probability: 0.3).mean))
        parameter.withMutableGradient { gradient in
          for element in gradient.indices {
            gradient[element] =
              dropped[element] == 1 ? 0 : (gradient[element] + added[element]) * keep
          }
        }
      }
    }
    #expect(received == expected)
    #expect(received != train(optimizer))
  }

  @Test(
    "The same bits on every instruction set and on 1, 2 and 3 threads",
    arguments: OptimizerCase.allCases)
  func bits(optimizer: OptimizerCase) {
    func run() -> [UInt32] {
      let parameter = Parameter(ramp([300, 200], 1))
      let optimizer = optimizer.make(
        [parameter], gradientNoise: GradientNoise(.adding(gaussian), from: NoiseStream(seed: 1)))
      for step in 0..<3 {
        parameter.addToGradient(ramp([300, 200], step))
        optimizer.step()
      }
      return parameter.value.scalars.map(\.bitPattern)
    }
    expectSameBits(of: run)
  }

  /// What a step of size 1 down a gradient of zeros subtracts: the noise itself.
  private func drawn(_ noise: GradientNoise, parameters: Int = 1, steps: Int = 1) -> [[Float]] {
    let list = (0..<parameters).map { _ in Parameter(Tensor(zeros: [50])) }
    let optimizer = SGD(list, learningRate: 1, gradientNoise: noise)
    return (0..<steps).flatMap { _ -> [[Float]] in
      for parameter in list {
        parameter.value = Tensor(zeros: [50])
        parameter.addToGradient(Tensor(zeros: [50]))
      }
      optimizer.step()
      return list.map { $0.value.scalars.map(-) }
    }
  }

  @Test("Each step and each parameter has noise of its own; a frozen stream repeats its step's")
  func addresses() {
    let stream = NoiseStream(seed: 8)
    let all = drawn(GradientNoise(.adding(gaussian), from: stream), parameters: 3, steps: 4)
    #expect(Set(all).count == 12)
    let held = stream.at(step: 2).frozen()
    let repeated = drawn(GradientNoise(.adding(gaussian), from: held), parameters: 3, steps: 4)
    #expect(Set(repeated).count == 3 && repeated[3] == all[6])
    // In the domain of the optimizer, whatever the stream's own, and its rows count from 0.
    let other = stream.in(.sampling).at(step: 7).rows(from: 5)
    #expect(drawn(GradientNoise(.adding(gaussian), from: other)) == [all[0]])
  }

  @Test("Noise relative to the signal is relative to the row of the gradient")
  func relative() {
    let stream = NoiseStream(seed: 8)
    let parameter = Parameter(Tensor(zeros: [2, 50]))
    let rule = NoiseRule.adding(gaussian, scale: .relativeToSignal(0.5))
    let optimizer = SGD(
      [parameter], learningRate: 1, gradientNoise: GradientNoise(rule, from: stream))
    // The RMS of the first row is 2, which gives a factor of 1; that of the second is 0.
    let gradient = (0..<100).map { $0 < 50 ? Float($0 % 2 == 0 ? 2 : -2) : 0 }
    parameter.addToGradient(Tensor(gradient, shape: [2, 50]))
    optimizer.step()
    let draws = stream.in(.optimizer).draws(
      from: gaussian, site: "0.gradient", rows: 2, columns: 50)
    let expected = (0..<100).map { $0 < 50 ? draws[$0] + gradient[$0] : 0 }
    #expect(parameter.value.scalars.map { -$0 } == expected)
  }

  @Test("Noise may be set between steps; without it a step is the plain one")
  func setBetweenSteps() {
    let parameter = Parameter(Tensor(zeros: [50]))
    let optimizer = Adam([parameter])
    #expect(optimizer.gradientNoise == nil)
    optimizer.gradientNoise = GradientNoise(.adding(gaussian), from: NoiseStream(seed: 1))
    parameter.addToGradient(Tensor(zeros: [50]))
    optimizer.step()
    #expect(parameter.value.scalars.allSatisfy { $0 != 0 })
  }

  @Test("A gradient that is held elsewhere stays as it was")
  func valueSemantics() {
    let parameter = Parameter(Tensor(zeros: [50]))
    let optimizer = SGD(
      [parameter], learningRate: 1,
      gradientNoise: GradientNoise(.adding(gaussian), from: NoiseStream(seed: 1)))
    parameter.addToGradient(Tensor(repeating: 1, shape: [50]))
    let held = parameter.gradient
    optimizer.step()
    #expect(held == Tensor(repeating: 1, shape: [50]))
  }

  @Test("A steady step takes no new memory")
  func memory() async {
    await #expect(processExitsWith: .success) {
      let parameters = [Parameter(Tensor(zeros: [300, 200])), Parameter(Tensor(zeros: [300]))]
      let optimizer = AdamW(
        parameters,
        gradientNoise: GradientNoise(
          .adding(Gaussian(standardDeviation: 0.1)), from: NoiseStream(seed: 1)))
      let gradients = parameters.map { Tensor(repeating: 0.5, shape: $0.shape) }
      var before = 0
      for step in 0..<10 {
        if step == 3 { before = MemoryPool.freshBlocks }
        for (parameter, gradient) in zip(parameters, gradients) {
          parameter.addToGradient(gradient)
        }
        optimizer.step()
      }
      #expect(MemoryPool.freshBlocks == before)
    }
  }
}
