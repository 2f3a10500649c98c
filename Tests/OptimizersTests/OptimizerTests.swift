import DitherRuntime
import DitherTensors
import Optimizers
import TestSupport
import Testing

@Suite("Optimizers")
struct OptimizerTests {
  @Test(
    "A step goes against the gradient, clears it, and counts", arguments: OptimizerCase.allCases)
  func step(optimizer: OptimizerCase) {
    let parameter = Parameter(Tensor([0, 0]))
    let optimizer = optimizer.make([parameter])
    #expect(optimizer.stepCount == 0)
    parameter.addToGradient(Tensor([2, -3]))
    optimizer.step()
    #expect(parameter.value[0] < 0 && parameter.value[1] > 0)
    #expect(parameter.gradient == nil)
    #expect(parameter.version == 1)
    #expect(optimizer.stepCount == 1)
    parameter.addToGradient(Tensor([1, 0]))
    #expect(parameter.gradient == Tensor([1, 0]))
  }

  @Test(
    "A parameter without a gradient is left alone, and so is what is kept of it",
    arguments: OptimizerCase.withoutDraws)
  func skipped(optimizer: OptimizerCase) {
    let gradients = (0..<6).map { ramp([5], $0) }
    let steady = Parameter(ramp([5], 50))
    let skipping = Parameter(ramp([5], 50))
    let one = optimizer.make([steady])
    let other = optimizer.make([skipping, Parameter(ramp([3], 1))])
    for gradient in gradients {
      steady.addToGradient(gradient)
      one.step()
      other.step()
      let version = skipping.version
      other.step()
      #expect(skipping.version == version)
      skipping.addToGradient(gradient)
      other.step()
    }
    #expect(skipping.value == steady.value)
    #expect(other.stepCount == 18)
  }

  @Test("A parameter that is listed twice is stepped once", arguments: OptimizerCase.allCases)
  func duplicates(optimizer: OptimizerCase) {
    let (once, twice) = (Parameter(ramp([4], 1)), Parameter(ramp([4], 1)))
    let other = Parameter(Tensor([1]))
    let one = optimizer.make([once])
    let two = optimizer.make([twice, other, twice])
    #expect(two.parameters.count == 2)
    #expect(two.parameters[0] === twice && two.parameters[1] === other)
    for step in 0..<3 {
      once.addToGradient(ramp([4], step))
      twice.addToGradient(ramp([4], step))
      one.step()
      two.step()
    }
    #expect(once.value == twice.value)
  }

  @Test("A learning rate of 0 changes nothing but the version", arguments: OptimizerCase.allCases)
  func still(optimizer: OptimizerCase) {
    let parameter = Parameter(ramp([4], 1))
    let before = parameter.value
    let optimizer = optimizer.make([parameter])
    optimizer.learningRate = 0
    parameter.addToGradient(ramp([4], 2))
    optimizer.step()
    #expect(parameter.value == before)
    #expect(parameter.version == 1)
  }

  @Test(
    "Steps give the same bits on every instruction set and on 1, 2 and 3 threads",
    arguments: OptimizerCase.allCases)
  func bits(optimizer: OptimizerCase) {
    func run(_ count: Int) -> [UInt32] {
      let parameters = [Parameter(ramp([count], 1)), Parameter(ramp([3], 2))]
      let optimizer = optimizer.make(parameters, learningRate: 0.01)
      for step in 0..<5 {
        for parameter in parameters { parameter.addToGradient(ramp(parameter.shape, step)) }
        clipGradients(of: parameters, maximumNorm: 1)
        optimizer.step()
      }
      return parameters.flatMap { $0.value.scalars.map(\.bitPattern) }
    }
    for count in [1, 17, 100_003] {
      expectSameBits(of: { run(count) }, "\(count) elements, ")
    }
  }

  @Test("A value that is held elsewhere stays as it was", arguments: OptimizerCase.allCases)
  func valueSemantics(optimizer: OptimizerCase) {
    let start = ramp([9], 1)
    let parameter = Parameter(start)
    let held = parameter.value
    let optimizer = optimizer.make([parameter])
    parameter.addToGradient(ramp([9], 2))
    let gradient = parameter.gradient
    optimizer.step()
    #expect(held == start && parameter.value != start)
    #expect(gradient == ramp([9], 2))
  }

  @Test("Clipping returns the norm, scales all gradients together, and leaves small ones alone")
  func clipping() {
    let (one, two, without) = (
      Parameter(Tensor([0, 0])), Parameter(Tensor([0])), Parameter(Tensor([0]))
    )
    one.addToGradient(Tensor([2, -3]))
    two.addToGradient(Tensor([6]))
    let all = [one, without, two, one]
    #expect(clipGradients(of: all, maximumNorm: 7.1) == 7)
    #expect(clipGradients(of: all, maximumNorm: .infinity) == 7)
    #expect(one.gradient == Tensor([2, -3]) && two.gradient == Tensor([6]))
    #expect(clipGradients(of: all, maximumNorm: 3.5) == 7)
    #expect(abs(one.gradient![0] - 1) < 1e-6 && abs(two.gradient![0] - 3) < 1e-6)
    #expect(abs(clipGradients(of: all, maximumNorm: 0) - 3.5) < 1e-6)
    #expect(one.gradient == Tensor([0, -0.0]))
    #expect(without.gradient == nil)
    #expect(clipGradients(of: [], maximumNorm: 1) == 0)
  }

  @Test("Clipping gradients that are not finite says so in the norm, and hides nothing")
  func clippingNotFinite() {
    let parameter = Parameter(Tensor([0, 0]))
    parameter.addToGradient(Tensor([.infinity, 1]))
    #expect(clipGradients(of: [parameter], maximumNorm: 1) == .infinity)
    #expect(parameter.gradient![0].isNaN && parameter.gradient![1] == 0)
    #expect(clipGradients(of: [parameter], maximumNorm: 1).isNaN)
    #expect(parameter.gradient!.scalars.allSatisfy { $0.isNaN })
  }

  @Test("A steady step takes no new memory", arguments: OptimizerCase.allCases)
  func memory(optimizer: OptimizerCase) async {
    // In a process of its own: other tests take memory at the same time.
    await #expect(processExitsWith: .success) { [optimizer = optimizer as OptimizerCase] in
      let parameters = [
        Parameter(Tensor(zeros: [300, 200])), Parameter(Tensor(zeros: [300])),
      ]
      let gradients = parameters.map { Tensor(repeating: 0.5, shape: $0.shape) }
      let optimizer = optimizer.make(parameters)
      var before = 0
      for step in 0..<10 {
        if step == 3 { before = MemoryPool.freshBlocks }
        for (parameter, gradient) in zip(parameters, gradients) {
          parameter.addToGradient(gradient)
        }
        clipGradients(of: parameters, maximumNorm: 1)
        optimizer.step()
      }
      #expect(MemoryPool.freshBlocks == before)
    }
  }
}
