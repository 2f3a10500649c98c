import DitherTensors
import DitherTraining
import Layers
import Optimizers
import Testing

@Suite("A checkpoint that does not fit is refused, and nothing of it is taken over")
struct OtherModelTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("A checkpoint of another model: which tensors differ, and how; nothing is taken over")
  func otherModel() throws {
    let path = folder.file("a.safetensors")
    try Checkpoint(of: smallNetwork(1), step: 0).write(to: path)
    let checkpoint = try Checkpoint(contentsOf: path)
    var other = Sequential(seed: 3) {
      Linear(inputs: 4, outputs: 6)
      ReLU()
      Linear(inputs: 6, outputs: 3)
    }
    let before = other.parameters.map(\.value)
    let error = #expect(throws: CheckpointError.self) { try checkpoint.restore(to: &other) }
    #expect(
      error
        == .otherModel(
          file: path,
          differences: [
            .shape(name: "0.bias", found: [5], expected: [6]),
            .shape(name: "0.weight", found: [5, 4], expected: [6, 4]),
            .unexpected(name: "1.runningMean", shape: [5]),
            .unexpected(name: "1.runningVariance", shape: [5]),
            .unexpected(name: "1.scale", shape: [5]), .unexpected(name: "1.shift", shape: [5]),
            .missing(name: "2.bias", shape: [3]),
            .shape(name: "2.weight", found: [3, 5], expected: [3, 6]),
          ]))
    let text = "\(try #require(error))"
    #expect(text.contains("0.weight has shape [5, 4]; expected [6, 4]"))
    #expect(text.contains("2.bias [3] is missing"))
    #expect(text.contains("1.scale [5] is not in the model"))
    #expect(zip(other.parameters, before).allSatisfy { $0.value.isBitwiseEqual(to: $1) })
  }

  @Test("Another optimizer, one of other parameters, and none are named; nothing is taken over")
  func otherOptimizer() throws {
    let model = smallNetwork(1)
    let optimizer = SGD(model.parameters, learningRate: 0.1, momentum: 0.9)
    takeStep(model, optimizer)
    let checkpoint = Checkpoint(of: model, optimizer: optimizer, step: 1)
    var other = smallNetwork(2)
    let before = other.parameters[0].value
    let adam = #expect(throws: CheckpointError.self) {
      try checkpoint.restore(to: &other, optimizer: Adam(other.parameters))
    }
    #expect("\(try #require(adam))".contains("the state is that of SGD; expected Adam"))
    let fewer = #expect(throws: CheckpointError.self) {
      try checkpoint.restore(
        to: &other, optimizer: SGD([other.parameters[0]], learningRate: 0.1, momentum: 0.9))
    }
    #expect("\(try #require(fewer))".contains("expected [\"0.weight\"]"))
    #expect(throws: CheckpointError.lacks(file: nil, what: "an optimizer's state")) {
      try Checkpoint(of: model, step: 1).restore(
        to: &other, optimizer: SGD(other.parameters, learningRate: 0.1))
    }
    #expect(other.parameters[0].value.isBitwiseEqual(to: before))
  }

  @Test(
    "Numbers that are not finite are refused by the names of their tensors; nothing is taken over")
  func notFinite() throws {
    let model = smallNetwork(1)
    let optimizer = SGD(model.parameters, learningRate: 0.1, momentum: 0.9)
    takeStep(model, optimizer)
    var other = smallNetwork(2)
    let before = other.parameters.map(\.value)
    let otherOptimizer = SGD(other.parameters, learningRate: 0.1, momentum: 0.9)

    var weights = Checkpoint(of: model, optimizer: optimizer, step: 1)
    weights.tensors["2.weight"]![1, 1] = .nan
    weights.tensors["1.runningMean"]![0] = .infinity
    let bad = ["1.runningMean", "2.weight"]
    #expect(throws: CheckpointError.notFinite(file: nil, tensors: bad)) {
      try weights.restore(to: &other)
    }
    #expect(
      "\(CheckpointError.notFinite(file: "a", tensors: bad))"
        == "a: a number that is infinite or NaN in 1.runningMean, 2.weight; expected finite ones")

    var state = optimizer.state
    let name = try #require(state.parameters[1].tensors.keys.first)
    state.parameters[1].tensors[name]![0] = -.infinity
    try optimizer.restore(state)
    let checkpoint = Checkpoint(of: model, optimizer: optimizer, step: 1)
    #expect(throws: CheckpointError.notFinite(file: nil, tensors: ["#optimizer.\(name).0.bias"])) {
      try checkpoint.restore(to: &other, optimizer: otherOptimizer)
    }
    #expect(zip(other.parameters, before).allSatisfy { $0.value.isBitwiseEqual(to: $1) })
    #expect(otherOptimizer.stepCount == 0)
    // Without the optimizer the weights are good.
    try checkpoint.restore(to: &other)
    #expect(haveSameBits(model, other))
  }

  @Test("A state of more steps than can be counted is refused")
  func tooManySteps() throws {
    let path = folder.file("a.safetensors")
    let model = smallNetwork(1)
    let optimizer = SGD(model.parameters, learningRate: 0.1)
    var state = optimizer.state
    state.stepCount = (1 << 53) + 1
    #expect(
      throws: OptimizerStateError.stepCount(
        parameter: nil, received: state.stepCount, limit: 1 << 53)
    ) {
      try optimizer.restore(state)
    }
    state.stepCount = 1 << 53
    try optimizer.restore(state)
    try Checkpoint(of: model, optimizer: optimizer, step: 0).write(to: path)
    var contents = try Safetensors(contentsOf: path)
    let text = try #require(contents.metadata["dither.optimizer"])
    #expect(text.contains("9007199254740992"))
    contents.metadata["dither.optimizer"] = text.replacing(
      "9007199254740992", with: "9007199254740993")
    contents.metadata["dither.checksum"] = nil
    try contents.write(to: path)
    let error = #expect(throws: CheckpointError.self) { try Checkpoint(contentsOf: path) }
    #expect("\(try #require(error))".contains("at most 9007199254740992"))
    #expect(throws: OptimizerStateError.self) {
      try WeightAverage(model.parameters, .equal).restore(
        WeightAverage.State(updateCount: .max, averages: model.parameters.map(\.value)))
    }
  }
}
