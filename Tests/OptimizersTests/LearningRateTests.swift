import DitherTensors
import NoiseDistributions
import Optimizers
import TestSupport
import Testing

/// Counts how often it steps, and by which rate: an optimizer by the public interface alone.
private final class Recorder: Optimizer {
  var core: OptimizerCore
  var rates: [Double] = []
  var counts: [[Float]] = []

  init(_ parameters: [Parameter], groups: [ParameterGroup] = []) {
    core = OptimizerCore(
      "Recorder", parameters, learningRate: 1, weightDecay: 0.5, groups: groups,
      tensors: ["count"])
  }

  func step() {
    core.step { parameter, slot in
      rates.append(slot.learningRate)
      let decay = Float(slot.weightDecay)
      slot.withMutableTensor(0) { count in
        for place in count.indices { count[place] += decay }
      }
      counts.append(slot.tensors[0].scalars)
      parameter.update { value, gradient in
        for place in value.indices { value[place] -= gradient[place] }
      }
    }
  }
}

@Suite("Learning rates, and an optimizer of one's own")
struct LearningRateTests {
  @Test("A step has the schedule's rate at the count of steps; a number set takes its place")
  func schedule() {
    let parameter = Parameter(Tensor([0]))
    let optimizer = SGD([parameter], learningRate: 9)
    #expect(optimizer.learningRate == 9 && optimizer.learningRateSchedule == nil)
    optimizer.learningRateSchedule = .joined(
      [.constant(4), .step(from: 2, factor: 0.5, every: 1)], at: [2])
    var moved: [Float] = []
    for _ in 0..<4 {
      let rate = optimizer.learningRate
      parameter.value = Tensor([0])
      parameter.addToGradient(Tensor([-1]))
      optimizer.step()
      moved.append(parameter.value.item)
      #expect(Double(moved.last!) == rate)
    }
    #expect(moved == [4, 4, 2, 1])
    optimizer.learningRate = 3
    #expect(optimizer.learningRateSchedule == nil && optimizer.learningRate == 3)
  }

  @Test("One's own optimizer has groups, schedules, noise and a state", arguments: [1, 3])
  func own(steps: Int) throws {
    let (one, two) = (Parameter(Tensor([0, 0])), Parameter(Tensor([0])))
    let optimizer = Recorder(
      [one, two, one], groups: [ParameterGroup([two], learningRateFactor: 2, weightDecay: 1)])
    optimizer.learningRateSchedule = .linear(from: 0, to: 1, over: 4)
    optimizer.gradientNoise = .annealed(variance: 1, from: NoiseStream(seed: 1))
    for _ in 0..<steps {
      for parameter in [one, two] { parameter.addToGradient(Tensor(zeros: parameter.shape)) }
      optimizer.step()
    }
    #expect(optimizer.stepCount == steps && optimizer.parameters.count == 2)
    let rates: [Double] = (0..<steps).flatMap { [Double($0) / 4, Double($0) / 2] }
    #expect(optimizer.rates == rates)
    let half = [Float](repeating: Float(steps) / 2, count: 2)
    #expect(Array(optimizer.counts.suffix(2)) == [half, [Float(steps)]])
    #expect(one.value.scalars.allSatisfy { $0 != 0 })
    let state = optimizer.state
    #expect(state.optimizer == "Recorder")
    #expect(state.parameters[1].tensors["count"] == Tensor([Float(steps)]))
    let resumed = Recorder([one, two])
    try resumed.restore(state)
    one.addToGradient(Tensor([0, 0]))
    resumed.step()
    let next = [Float](repeating: Float(steps + 1) / 2, count: 2)
    #expect(resumed.counts == [next])
  }

  @Test("A schedule's rate below zero or not finite stops the program at its step")
  func misuse() async {
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let optimizer = SGD([], learningRate: 1)
      optimizer.learningRateSchedule = .linear(from: 1, to: -1, over: 4)
      for _ in 0..<5 { optimizer.step() }
    }
    expect(negative, says: "SGD: learningRate is -0.5; expected a finite number, 0 or more")
  }

  @Test("Annealed noise has the variance η / (1 + t)^γ of the same draws")
  func annealed() {
    let stream = NoiseStream(seed: 4)
    let parameter = Parameter(Tensor(zeros: [6, 40]))
    let optimizer = SGD(
      [parameter], learningRate: 1,
      gradientNoise: .annealed(variance: 0.25, exponent: 2, from: stream))
    for step in 0..<4 {
      parameter.value = Tensor(zeros: [6, 40])
      parameter.addToGradient(Tensor(zeros: [6, 40]))
      optimizer.step()
      let draws = stream.in(.optimizer).at(step: step).draws(
        from: Gaussian(standardDeviation: 1), site: "0.gradient", rows: 6, columns: 40)
      // √(0.25 / (1 + t)²).
      let deviation = 0.5 / Float(1 + step)
      for (received, draw) in zip(parameter.value.scalars, draws) {
        #expect(abs(received + deviation * draw) <= 1e-6 * abs(draw))
      }
    }
  }
}
