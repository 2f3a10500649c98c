import DitherTensors
import Optimizers
import TestSupport
import Testing

private struct Stopped: Error {}

@Suite("Averages of weights")
struct WeightAverageTests {
  @Test("Equal shares give the mean of all updates, exponential ones the newer more")
  func meaning() {
    let parameter = Parameter(Tensor([8]))
    let equal = WeightAverage([parameter, parameter], .equal)
    let exponential = WeightAverage([parameter], .exponential(decay: 0.75))
    let quick = WeightAverage([parameter], .exponential(decay: 0))
    for value: Float in [8, 4, 0] {
      parameter.value = Tensor([value])
      for average in [equal, exponential, quick] { average.update() }
    }
    #expect(equal.parameters.count == 1 && equal.updateCount == 3)
    #expect(abs(equal.state.averages[0].item - 4) < 1e-6)
    #expect(exponential.state.averages[0].item == 5.25)
    #expect(quick.state.averages[0].item == 0)
  }

  @Test("Swapping in and out returns the weights' bits and the averages', also after an error")
  func swapping() {
    let parameters = [Parameter(ramp([3, 40], 1)), Parameter(Tensor([.nan, -0.0]))]
    let average = WeightAverage(parameters, .exponential(decay: 0.9))
    average.update()
    parameters[0].value = ramp([3, 40], 2)
    average.update()
    let (weights, averages) = (parameters.map(\.value), average.state.averages)
    func expectWeights() {
      #expect(!average.isSwapped)
      for (parameter, weight) in zip(parameters, weights) {
        #expect(parameter.value.isBitwiseEqual(to: weight))
      }
      for (received, expected) in zip(average.state.averages, averages) {
        #expect(received.isBitwiseEqual(to: expected))
      }
    }
    let version = parameters[0].version
    let inside = average.withAverages {
      #expect(average.isSwapped && parameters[0].version > version)
      return parameters.map(\.value)
    }
    #expect(zip(inside, averages).allSatisfy { $0.isBitwiseEqual(to: $1) })
    expectWeights()
    #expect(throws: Stopped.self) {
      try average.withAverages { () throws(Stopped) -> Void in throw Stopped() }
    }
    expectWeights()
    average.swap()
    #expect(average.isSwapped && parameters[0].value.isBitwiseEqual(to: averages[0]))
    average.swap()
    expectWeights()
  }

  @Test("Averages go on from a state with the same bits; one that does not fit is refused")
  func state() throws {
    let parameter = Parameter(ramp([5], 1))
    let whole = WeightAverage([parameter], .equal)
    #expect(whole.state.averages.isEmpty)
    for offset in 1..<4 {
      parameter.value = ramp([5], offset)
      whole.update()
    }
    let resumed = WeightAverage([parameter], .equal)
    try resumed.restore(whole.state)
    parameter.value = ramp([5], 7)
    whole.update()
    resumed.update()
    #expect(resumed.updateCount == 4)
    #expect(whole.state.averages[0].isBitwiseEqual(to: resumed.state.averages[0]))

    let averages = whole.state.averages
    for kind in [WeightAverage.Kind.exponential(decay: 0.9), .exponential(decay: 0.8)] {
      #expect(throws: OptimizerStateError.averageKind(received: kind, expected: .equal)) {
        try resumed.restore(.init(kind: kind, updateCount: 1, averages: averages))
      }
    }
    let decaying = WeightAverage([parameter], .exponential(decay: 0.9))
    decaying.update()
    #expect(decaying.state.kind == .exponential(decay: 0.9))
    let early = #expect(throws: OptimizerStateError.self) {
      try resumed.restore(.init(updateCount: 0, averages: averages))
    }
    #expect(early == .averageCount(received: 1, expected: 0, updates: 0))
    #expect(early?.description == "the number of averages is 1 after 0 updates; expected 0")
    #expect(throws: OptimizerStateError.averageCount(received: 2, expected: 1, updates: 4)) {
      try resumed.restore(.init(updateCount: 4, averages: averages + averages))
    }
    #expect(throws: OptimizerStateError.stepCount(parameter: nil, received: -1, limit: 1 << 53)) {
      try resumed.restore(.init(updateCount: -1, averages: averages))
    }
    #expect(
      throws: OptimizerStateError.shape(
        parameter: 0, tensor: "average", received: [2], expected: [5])
    ) {
      try resumed.restore(.init(updateCount: 1, averages: [Tensor([1, 2])]))
    }
    #expect(resumed.updateCount == 4)
  }

  @Test("The same bits on every instruction set and on 1, 2 and 3 threads")
  func bits() {
    func run() -> [UInt32] {
      let parameter = Parameter(ramp([100_003], 1))
      let average = WeightAverage([parameter], .exponential(decay: 0.9))
      for offset in 1..<4 {
        parameter.value = ramp([100_003], offset)
        average.update()
      }
      return average.state.averages[0].scalars.map(\.bitPattern)
    }
    expectSameBits(of: run)
  }

  @Test("Misuse stops the program")
  func misuse() async {
    let decay = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = WeightAverage([], .exponential(decay: 1))
    }
    expect(decay, says: "WeightAverage: decay is 1.0; expected 0 or more and less than 1")
    let early = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      WeightAverage([Parameter(Tensor([1]))], .equal).swap()
    }
    expect(early, says: "WeightAverage.swap: there are no averages yet; expected update() first")
    let swapped = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let average = WeightAverage([Parameter(Tensor([1]))], .equal)
      average.update()
      average.withAverages { average.update() }
    }
    expect(swapped, says: "WeightAverage.update: the averages are in the weights' place")
  }
}
