import DitherRuntime
import DitherTensors
import Foundation
import Layers
import NoiseDistributions
import Optimizers

/// Threads of this process: on Linux each has a folder here.
func threadCount() -> Int {
  (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? 0
}
let before = threadCount()

// Which of two halves of its input is the larger: a task that needs the hidden layer.
let draws = NoiseStream(seed: 1).draws(
  from: Gaussian(standardDeviation: 1), site: "data", rows: 512, columns: 256)
let inputs = Tensor(draws, shape: [512, 256])
let labels = (0..<512).map { row in
  let sample = draws[row * 256..<(row + 1) * 256]
  return sample.prefix(128).reduce(0, +) > sample.suffix(128).reduce(0, +) ? 1 : 0
}

let model = Sequential(seed: 7) {
  Linear(inputs: 256, outputs: 256)
    .noise(.adding(Gaussian(standardDeviation: 0.1)), on: .input)
  ReLU()
  Linear(inputs: 256, outputs: 2)
}
let optimizer = AdamW(model.parameters, learningRate: 1e-3)
let noise = NoiseStream(seed: 42)

withThreads(2) {
  for step in 0..<40 {
    let (logits, pullback) = model.forward(inputs, .training(noise.at(step: step)))
    let (loss, gradient) = crossEntropy(logits, labels)
    pullback(gradient)
    optimizer.step()
    if step == 0 || step == 39 { print("loss \(loss)") }
  }
}

print("threads \(before) \(threadCount())")
