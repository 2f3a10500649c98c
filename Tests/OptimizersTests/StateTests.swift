import DitherTensors
import NoiseDistributions
import Optimizers
import Testing

private let shapes = [[3, 40], [7], [2]]

private func makeParameters() -> [Parameter] {
  shapes.enumerated().map { Parameter(ramp($1, $0)) }
}

/// The last parameter has no gradient until step 6.
private func train(_ optimizer: any Optimizer, _ parameters: [Parameter], _ steps: Range<Int>) {
  for step in steps {
    for (index, parameter) in parameters.enumerated() where index < 2 || step >= 6 {
      parameter.addToGradient(ramp(parameter.shape, 10 * step + index))
    }
    optimizer.step()
  }
}

@Suite("The state of an optimizer")
struct StateTests {
  @Test(
    "A run that goes on from a state ends with the bits of one that never stopped",
    arguments: OptimizerCase.allCases)
  func resumed(optimizer: OptimizerCase) throws {
    let noise = GradientNoise.annealed(variance: 0.01, from: NoiseStream(seed: 3))
    let parameters = makeParameters()
    func make(_ parameters: [Parameter], learningRate: Double) -> any Optimizer {
      let made = optimizer.make(parameters, learningRate: learningRate, gradientNoise: noise)
      #expect(made.state.parameters.allSatisfy { $0.stepCount == 0 && $0.tensors.isEmpty })
      return made
    }
    let whole = make(parameters, learningRate: 0.01)
    train(whole, parameters, 0..<3)
    whole.learningRate = 0.02
    train(whole, parameters, 3..<5)
    let (state, values) = (whole.state, parameters.map(\.value))
    train(whole, parameters, 5..<9)

    let others = values.map { Parameter($0) }
    let resumed = make(others, learningRate: 5)
    try resumed.restore(state)
    #expect(resumed.stepCount == 5 && resumed.learningRate == 0.02)
    train(resumed, others, 5..<9)
    for (one, other) in zip(parameters, others) {
      #expect(one.value.isBitwiseEqual(to: other.value))
    }
    // The state is a value: neither run has changed it.
    #expect(state.stepCount == 5 && state.parameters.map(\.stepCount) == [5, 5, 0])
    #expect(whole.state.parameters.map(\.stepCount) == [9, 9, 3])
  }

  @Test("Tensors have names, and their parameters' shapes")
  func names() {
    let expected: [OptimizerCase: Set<String>] = [
      .sgd: [], .momentum: ["velocity"], .nesterov: ["velocity"], .adam: ["mean", "square"],
      .adamW: ["mean", "square"], .rmsProp: ["square"],
      .centeredRMSprop: ["square", "mean", "velocity"], .adagrad: ["squareSum"],
      .lion: ["mean"], .sgld: [], .preconditionedSGLD: ["square"],
    ]
    for (each, names) in expected {
      let parameters = makeParameters()
      let optimizer = each.make(parameters)
      train(optimizer, parameters, 0..<2)
      let state = optimizer.state
      #expect(Set(state.parameters[0].tensors.keys) == names, "\(each)")
      #expect(state.parameters[1].tensors.values.allSatisfy { $0.shape == [7] })
      #expect(state.parameters[2].tensors.isEmpty)
    }
    #expect(expected.count == OptimizerCase.allCases.count)
  }

  @Test("What is refused is named, and changes nothing")
  func refused() throws {
    let parameters = makeParameters()
    let optimizer = Adam(parameters)
    train(optimizer, parameters, 0..<2)
    let state = optimizer.state

    func expect(
      _ error: OptimizerStateError, _ description: String, _ change: (inout OptimizerState) -> Void
    ) {
      var other = state
      change(&other)
      #expect(throws: error) { try optimizer.restore(other) }
      #expect("\(error)" == description)
    }
    expect(
      .optimizer(received: "AdamW", expected: "Adam"), "the state is that of AdamW; expected Adam"
    ) { $0.optimizer = "AdamW" }
    expect(
      .parameterCount(received: 2, expected: 3), "the state has 2 parameters; expected 3"
    ) { $0.parameters.removeLast() }
    expect(
      .stepCount(parameter: nil, received: -1, limit: 1 << 53),
      "the state has counted -1 steps; expected 0…9007199254740992"
    ) { $0.stepCount = -1 }
    expect(
      .stepCount(parameter: 1, received: 3, limit: 2),
      "parameter 1 has counted 3 steps; expected 0…2"
    ) { $0.parameters[1].stepCount = 3 }
    expect(
      .learningRate(received: -.infinity),
      "the learning rate is -inf; expected a finite number, 0 or more"
    ) { $0.learningRate = -.infinity }
    expect(
      .tensorNames(parameter: 0, received: ["mean"], expected: ["mean", "square"]),
      "parameter 0 has the tensors [\"mean\"]; expected [\"mean\", \"square\"]"
    ) { $0.parameters[0].tensors["square"] = nil }
    expect(
      .tensorNames(parameter: 2, received: ["mean"], expected: []),
      "parameter 2 has the tensors [\"mean\"]; expected []"
    ) { $0.parameters[2].tensors["mean"] = Tensor([0, 0]) }
    expect(
      .shape(parameter: 1, tensor: "mean", received: [1, 7], expected: [7]),
      "the tensor mean of parameter 1 has the shape [1, 7]; expected [7]"
    ) { $0.parameters[1].tensors["mean"] = Tensor(zeros: [1, 7]) }

    #expect(optimizer.stepCount == 2)
    let received = optimizer.state
    for (one, other) in zip(state.parameters, received.parameters) {
      #expect(one.stepCount == other.stepCount && one.tensors == other.tensors)
    }
  }

  @Test("A schedule stays when a state is restored, and goes on at its step")
  func schedule() throws {
    let optimizer = SGD([Parameter(Tensor([1]))], learningRate: 1)
    optimizer.learningRateSchedule = .linear(from: 1, to: 0, over: 10)
    for _ in 0..<4 { optimizer.step() }
    let other = SGD([Parameter(Tensor([1]))], learningRate: 3)
    other.learningRateSchedule = .linear(from: 1, to: 0, over: 10)
    try other.restore(optimizer.state)
    #expect(other.learningRate == 0.6 && other.stepCount == 4)
  }
}
