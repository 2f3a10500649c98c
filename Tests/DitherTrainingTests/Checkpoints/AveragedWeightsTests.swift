import DitherTraining
import Optimizers
import Testing

@Suite("Averages of weights in a checkpoint")
struct AveragedWeightsTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.safetensors")
  }

  @Test(
    "A resumed average, of a new process, goes on to the same bits",
    arguments: [WeightAverage.Kind.equal, .exponential(decay: 0.1 + 0.2), .exponential(decay: 0)])
  func goesOn(kind: WeightAverage.Kind) throws {
    let model = smallNetwork(1)
    let optimizer = Adam(model.parameters, learningRate: 0.1)
    let average = WeightAverage(model.parameters, kind)
    for step in 0..<6 {
      takeStep(model, optimizer)
      average.update()
      if step == 2 {
        var checkpoint = Checkpoint(of: model, optimizer: optimizer, step: 3)
        checkpoint.weightAverage = average.state
        try checkpoint.write(to: path)
      }
    }

    let read = try Checkpoint(contentsOf: path)
    var other = smallNetwork(2)
    let otherOptimizer = Adam(other.parameters)
    try read.restore(to: &other, optimizer: otherOptimizer)
    let state = try #require(read.weightAverage)
    #expect(state.kind == kind && state.updateCount == 3)
    let resumed = WeightAverage(other.parameters, kind)
    try resumed.restore(state)
    for _ in 3..<6 {
      takeStep(other, otherOptimizer)
      resumed.update()
    }
    #expect(resumed.updateCount == 6)
    let pairs = zip(resumed.state.averages, average.state.averages)
    #expect(pairs.allSatisfy { $0.isBitwiseEqual(to: $1) })
    let isSame = average.withAverages { resumed.withAverages { haveSameBits(model, other) } }
    #expect(isSame)
  }

  @Test("One of another kind, or of another decay, is refused by name, and nothing is taken over")
  func otherKind() throws {
    let model = smallNetwork(1)
    let average = WeightAverage(model.parameters, .exponential(decay: 0.9))
    average.update()
    var checkpoint = Checkpoint(of: model, step: 0)
    checkpoint.weightAverage = average.state
    try checkpoint.write(to: path)
    let state = try #require(try Checkpoint(contentsOf: path).weightAverage)
    for kind in [WeightAverage.Kind.equal, .exponential(decay: 0.99)] {
      let other = WeightAverage(model.parameters, kind)
      let error = #expect(throws: OptimizerStateError.self) { try other.restore(state) }
      #expect(error == .averageKind(received: .exponential(decay: 0.9), expected: kind))
      #expect("\(try #require(error))".contains("exponential(decay: 0.9)"))
      #expect(other.updateCount == 0)
    }
  }

  @Test(
    "A kind that the metadata do not name rightly is refused; none, as a program may leave it, is not checked"
  )
  func malformedKind() throws {
    let model = smallNetwork(1)
    let average = WeightAverage(model.parameters, .equal)
    average.update()
    var checkpoint = Checkpoint(of: model, step: 0)
    checkpoint.weightAverage = average.state
    try checkpoint.write(to: path)
    for text in [
      "", "even", "exponential", "exponential:", "exponential:1", "exponential:-0.1",
      "exponential:nan",
    ] {
      var contents = try Safetensors(contentsOf: path)
      #expect(contents.metadata["dither.weight-average-kind"] == "equal")
      contents.metadata["dither.weight-average-kind"] = text
      contents.metadata["dither.checksum"] = nil
      let changed = folder.file("b.safetensors")
      try contents.write(to: changed)
      let error = #expect(throws: CheckpointError.self) { try Checkpoint(contentsOf: changed) }
      #expect(
        "\(try #require(error))".contains("\"dither.weight-average-kind\" in the metadata is"))
    }
    checkpoint.weightAverage?.kind = nil
    try checkpoint.write(to: path)
    let read = try #require(try Checkpoint(contentsOf: path).weightAverage)
    #expect(read.kind == nil)
    try WeightAverage(model.parameters, .exponential(decay: 0.5)).restore(read)
  }
}
