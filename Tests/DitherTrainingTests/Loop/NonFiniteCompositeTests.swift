import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers
import Testing

/// A composite of the tests' own: one layer after another.
private struct Chain: Layer {
  var first: any Layer
  var second: any Layer

  func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    let (middle, pullbackOfFirst) = first.forward(input, pass.child("first"))
    let (output, pullbackOfSecond) = second.forward(middle, pass.child("second"))
    return (output, Pullback { pullbackOfSecond($0).flatMap { pullbackOfFirst($0) } })
  }

  mutating func visit(_ visitor: inout LayerVisitor) {
    visitor.child("first", &first)
    visitor.child("second", &second)
  }
}

@Suite(
  "Within a composite of one's own, too, the layer is named in which a number first was not finite")
struct NonFiniteCompositeTests {
  /// Its outputs are beyond the greatest number.
  private let tooGreat = Linear(
    weight: Parameter(Tensor(repeating: 3e38, shape: [64, 64])), bias: nil)
  private let spoiled = Spoiled(step: 0)

  private func place(in network: some Layer) throws -> TrainingError.Place? {
    let trainer = Trainer(
      network, optimizer: SGD(network.parameters, learningRate: 0.1), noise: NoiseStream(seed: 1))
    trainer.showsProgress = false
    do {
      try trainer.train(on: DigitRun.data.training, epochs: 1)
      return nil
    } catch let TrainingError.notFinite(place, _, _, 0, 0) {
      return place
    }
  }

  private func network(_ layer: any Layer) -> Sequential {
    Sequential(seed: 7) {
      Linear(inputs: 64, outputs: 64)
      layer
      Linear(inputs: 64, outputs: 10)
    }
  }

  @Test("One of this library's, first or second, and within layers of its own")
  func ofTheLibrary() throws {
    #expect(
      try place(in: network(Chain(first: ReLU(), second: tooGreat))) == .layer("1.second"))
    #expect(
      try place(in: network(Chain(first: tooGreat, second: ReLU()))) == .layer("1.first"))
    let nested = Chain(first: Residual(Sequential([ReLU(), spoiled])), second: ReLU())
    #expect(try place(in: network(nested)) == .layer("1.first.inner.1"))
    #expect(
      try place(in: network(Chain(first: Chain(first: ReLU(), second: tooGreat), second: ReLU())))
        == .layer("1.first.second"))
  }

  @Test(
    "One of one's own is not seen, and the composite named, not a layer that was given what it made"
  )
  func ofOnesOwn() throws {
    #expect(try place(in: network(Chain(first: spoiled, second: ReLU()))) == .layer("1"))
    #expect(try place(in: network(Chain(first: ReLU(), second: spoiled))) == .layer("1"))
    let inner = Chain(first: spoiled, second: Sequential([ReLU(), Tanh()]))
    #expect(
      try place(in: network(Chain(first: inner, second: ReLU()))) == .layer("1"))
    let whole = Chain(first: spoiled, second: Linear(inputs: 64, outputs: 10)).initialized(seed: 1)
    #expect(try place(in: whole) == .layer(""))
  }
}
