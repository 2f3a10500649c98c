import DitherRuntime
import DitherTensors
import NoiseDistributions
import Optimizers
import TestSupport
import Testing

private struct Stopped: Error {}

@Suite("Sharpness-aware steps")
struct SharpnessTests {
  @Test("The second gradients are those at w + radius·g / ‖g‖, and the weights come back")
  func ascent() {
    let (one, two, without) = (
      Parameter(Tensor([1, 2])), Parameter(Tensor([3])), Parameter(Tensor([5]))
    )
    let optimizer = SGD([one, two, without], learningRate: 0)
    one.addToGradient(Tensor([3, 0]))
    two.addToGradient(Tensor([-4]))
    var calls = 0
    optimizer.sharpnessAwareStep(radius: 10) {
      calls += 1
      #expect(one.value.isApproximatelyEqual(to: Tensor([7, 2]), absoluteTolerance: 1e-5))
      #expect(two.value.isApproximatelyEqual(to: Tensor([-5]), absoluteTolerance: 1e-5))
      #expect(without.value == Tensor([5]))
      #expect(!one.hasGradient && !two.hasGradient)
      one.addToGradient(Tensor([1, 1]))
    }
    #expect(calls == 1 && optimizer.stepCount == 1)
    #expect(
      one.value == Tensor([1, 2]) && two.value == Tensor([3]) && without.value == Tensor([5]))
    #expect(!one.hasGradient)
  }

  @Test(
    "The step is the optimizer's own by the second gradients, to the bit, its noise included",
    arguments: OptimizerCase.allCases)
  func step(optimizer: OptimizerCase) {
    let noise = GradientNoise(.adding(Gaussian(standardDeviation: 0.1)), from: NoiseStream(seed: 2))
    let (one, other) = (Parameter(ramp([5, 40], 1)), Parameter(ramp([5, 40], 1)))
    let sharp = optimizer.make([one], learningRate: 0.01, gradientNoise: noise)
    let plain = optimizer.make([other], learningRate: 0.01, gradientNoise: noise)
    for step in 0..<4 {
      one.addToGradient(ramp([5, 40], 100 + step))
      sharp.sharpnessAwareStep { one.addToGradient(ramp([5, 40], step)) }
      other.addToGradient(ramp([5, 40], step))
      plain.step()
    }
    #expect(one.value.isBitwiseEqual(to: other.value))
  }

  @Test("Without a gradient, or with one of zeros, nothing is moved")
  func still() {
    let (zero, without) = (Parameter(Tensor([1])), Parameter(Tensor([2])))
    let optimizer = SGD([zero, without], learningRate: 1)
    zero.addToGradient(Tensor([0]))
    optimizer.sharpnessAwareStep {
      #expect(zero.value == Tensor([1]) && without.value == Tensor([2]))
      without.addToGradient(Tensor([0.5]))
    }
    #expect(zero.value == Tensor([1]) && without.value == Tensor([1.5]))
  }

  @Test("An error in the second pass gives the weights back, takes no step and leaves no gradient")
  func failure() {
    let parameter = Parameter(ramp([40], 1))
    let optimizer = SGD([parameter], learningRate: 1)
    parameter.addToGradient(ramp([40], 2))
    #expect(throws: Stopped.self) {
      try optimizer.sharpnessAwareStep { () throws(Stopped) -> Void in
        parameter.addToGradient(ramp([40], 3))
        throw Stopped()
      }
    }
    #expect(!parameter.hasGradient)
    #expect(parameter.value.isBitwiseEqual(to: ramp([40], 1)) && optimizer.stepCount == 0)
  }

  @Test("The same bits on every instruction set and on 1, 2 and 3 threads")
  func bits() {
    func run() -> [UInt32] {
      let parameter = Parameter(ramp([300, 333], 1))
      let optimizer = SGD([parameter], learningRate: 0.1)
      for step in 0..<3 {
        parameter.addToGradient(ramp([300, 333], step))
        optimizer.sharpnessAwareStep { parameter.addToGradient(parameter.value) }
      }
      return parameter.value.scalars.map(\.bitPattern)
    }
    expectSameBits(of: run)
  }

  @Test("Steady steps, and averages of them, take no new memory")
  func memory() async {
    await #expect(processExitsWith: .success) {
      let parameters = [Parameter(Tensor(zeros: [300, 200])), Parameter(Tensor(zeros: [300]))]
      let gradients = parameters.map { Tensor(repeating: 0.5, shape: $0.shape) }
      let optimizer = AdamW(parameters)
      let average = WeightAverage(parameters, .exponential(decay: 0.9))
      func addGradients() {
        for (parameter, gradient) in zip(parameters, gradients) {
          parameter.addToGradient(gradient)
        }
      }
      var before = 0
      for step in 0..<10 {
        if step == 3 { before = MemoryPool.freshBlocks }
        addGradients()
        optimizer.sharpnessAwareStep { addGradients() }
        average.update()
        average.withAverages { #expect(average.isSwapped) }
      }
      #expect(MemoryPool.freshBlocks == before)
    }
  }

  @Test("A radius below zero stops the program")
  func misuse() async {
    let radius = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      SGD([], learningRate: 1).sharpnessAwareStep(radius: -1) {}
    }
    expect(radius, says: "SGD.sharpnessAwareStep: radius is -1.0; expected a finite number")
  }
}
