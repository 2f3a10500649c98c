import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions
import Optimizers
import Testing

// The pool is the process's own, so that the test has a process to itself.
@Suite("The memory of a training run")
struct TrainingMemoryTests {
  @Test("Noise hardly adds to it: what a noisy product prepares finds an idle block")
  func noise() async {
    await #expect(processExitsWith: .success) {
      for batch in [128, 512] {
        let plain = poolBytes(batch: batch, noisy: false)
        let noisy = poolBytes(batch: batch, noisy: true)
        #expect(plain > 20 << 20)
        #expect(noisy * 100 <= plain * 102, "batch \(batch): \(noisy), without noise \(plain)")
      }
    }
  }
}

/// The bytes in all blocks that the pool came to have in a few steps.
private func poolBytes(batch: Int, noisy: Bool) -> Int {
  MemoryPool.trim()
  withThreads(2) { train(batch: batch, noisy: noisy) }
  return MemoryPool.idleBytes
}

private func train(batch: Int, noisy: Bool) {
  let input = NoiseRule.adding(Gaussian(standardDeviation: 0.1))
  let hidden = NoiseRule.dropout(rate: 0.2)
  let model = Sequential(seed: 7) {
    Linear(inputs: 784, outputs: 1024).noise(input, on: .input)
    ReLU()
    Linear(inputs: 1024, outputs: 1024).noise(hidden, on: .input)
    ReLU()
    Linear(inputs: 1024, outputs: 10).noise(hidden, on: .input)
  }
  let optimizer = SGD(model.parameters, learningRate: 0.01)
  let noise = noisy ? NoiseStream(seed: 42) : nil
  let inputs = Tensor(repeating: 0.5, shape: [batch, 784])
  let labels = (0..<batch).map { $0 % 10 }
  for _ in 0..<3 { trainingStep(model, optimizer, inputs, labels, noise) }
}
