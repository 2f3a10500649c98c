import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions
import Optimizers
import Testing

private func model() -> Sequential {
  Sequential(seed: 1) {
    Linear(inputs: 20, outputs: 70).noise(.dropout(rate: 0.5), on: .input)
    GELU()
    Linear(inputs: 70, outputs: 33)
    Sequential {
      Tanh()
      Linear(inputs: 33, outputs: 3)
    }
  }
}

@Suite("Frozen models")
struct FrozenTests {
  @Test("One frozen model used by 16 tasks at once gives each the bits that it gives alone")
  func manyTasks() async {
    let model = model()
    let frozen = model.frozen()
    let inputs = (0..<16).map { gaussians([$0 * 3 + 1, 20], seed: UInt64($0)) }
    let alone = inputs.map { bits(model($0)) }
    await withTaskGroup(of: (Int, [[UInt32]]).self) { group in
      for (index, input) in inputs.enumerated() {
        group.addTask { (index, (0..<20).map { _ in bits(frozen(input)) }) }
      }
      for await (index, received) in group {
        #expect(received.allSatisfy { $0 == alone[index] }, "task \(index)")
      }
    }
  }

  @Test("A frozen model gives the same bits on every instruction set, whichever packed its weights")
  func instructionSets() {
    let model = model()
    let x = gaussians([11, 20], seed: 5)
    let expected = bits(model(x))
    for packing in InstructionSet.available {
      let frozen = withInstructionSet(packing) { model.frozen(threads: 2) }
      #expect(frozen.threads == 2)
      for running in InstructionSet.available {
        let received = withInstructionSet(running) { bits(frozen(x)) }
        #expect(received == expected, "packed for \(packing), run on \(running)")
      }
    }
  }

  @Test("Training the model afterwards does not move its frozen copy")
  func independent() {
    let model = model()
    let frozen = model.frozen()
    let x = gaussians([4, 20], seed: 6)
    let before = bits(frozen(x))
    let optimizer = SGD(model.parameters, learningRate: 0.1)
    let (logits, pullback) = model.forward(x, .withoutNoise(gradients: .parameters))
    pullback(crossEntropy(logits, [0, 1, 2, 0]).gradient)
    optimizer.step()
    #expect(bits(frozen(x)) == before)
    #expect(bits(model(x)) != before)
  }

  @Test("Layers of one's own and tied weights freeze too")
  func tied() {
    let shared = Linear(inputs: 20, outputs: 20)
    let model = Sequential(seed: 1) {
      shared
      ReLU()
      shared
    }
    let x = gaussians([3, 20], seed: 7)
    #expect(bits(model.frozen()(x)) == bits(model(x)))
    let layer = Average(first: model, second: shared).initialized(seed: 2)
    #expect(bits(layer.frozen()(x)) == bits(layer(x)))
  }
}
