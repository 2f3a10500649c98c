import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions
import Testing

// The pool is the process's own, so that each test has a process to itself.
@Suite("The memory of noise on a weight")
struct ParameterNoiseMemoryTests {
  @Test("Of a large weight a block of the noisy one lies in memory at a time, in any product")
  func blocks() async {
    await #expect(processExitsWith: .success) {
      // 64 MiB; the block that is prepared holds half of it at most.
      let layer = Linear(inputs: 1024, outputs: 16_384, bias: false).initialized(seed: 1)
      let noisy = layer.noise(.multiplying(Gaussian(mean: 1, standardDeviation: 0.1)), on: .weight)
      for batch in [4, 40] {
        let x = Tensor(repeating: 1, shape: [batch, 1024])
        let outputGradient = Tensor(repeating: 1, shape: [batch, 16_384])
        func bytes(_ layer: Linear) -> Int {
          MemoryPool.trim()
          withThreads(2) {
            let pass = Pass.training(NoiseStream(seed: 1), gradients: .input)
            let (_, pullback) = layer.forward(x, pass)
            pullback(outputGradient)
          }
          return MemoryPool.idleBytes
        }
        let plain = bytes(layer)
        // The blocks of the two products have sizes of their own.
        #expect(bytes(noisy) - plain <= 2 * 40 << 20)
      }
    }
  }

  @Test("The gradient of a noisy weight takes no memory beside the gradient's own")
  func gradients() async {
    await #expect(processExitsWith: .success) {
      func bytes(_ rule: NoiseRule?) -> Int {
        MemoryPool.trim()
        withThreads(2) {
          let plain = Linear(inputs: 4096, outputs: 4096, bias: false).initialized(seed: 1)
          let layer = rule.map { plain.noise($0, on: .weight) } ?? plain
          let x = Tensor(repeating: 1, shape: [8, 4096])
          let stream = NoiseStream(seed: 1)
          // What is drawn in the forward pass is not what is asked about.
          let (_, pullback) = layer.forward(x, .training(stream))
          MemoryPool.trim()
          pullback(Tensor(repeating: 1, shape: [8, 4096]))
          layer.weight.update { _, _ in }
        }
        return MemoryPool.idleBytes
      }
      let plain = bytes(nil)
      #expect(plain >= 2 * 64 << 20)
      #expect(bytes(.dropout(rate: 0.5)) == plain)
    }
  }

  @Test("A scale for each element takes its parameter, its gradient and its values, and no draws")
  func scales() async {
    await #expect(processExitsWith: .success) {
      func bytes(_ scale: NoiseScale) -> Int {
        MemoryPool.trim()
        withThreads(2) {
          let layer = Linear(inputs: 2048, outputs: 2048, bias: false).initialized(seed: 1)
            .noise(.adding(Gaussian(standardDeviation: 1), scale: scale), on: .weight)
          let x = Tensor(repeating: 1, shape: [8, 2048])
          for step in 0..<2 {
            let (_, pullback) = layer.forward(x, .training(NoiseStream(seed: 1).at(step: step)))
            pullback(Tensor(repeating: 1, shape: [8, 2048]))
            for parameter in layer.parameters { parameter.update { _, _ in } }
          }
        }
        return MemoryPool.idleBytes
      }
      let weight = 4 * 2048 * 2048
      #expect(bytes(.learned(0.1, .perElement)) - bytes(.fixed(0.1)) <= 3 * weight + 4096)
    }
  }
}
