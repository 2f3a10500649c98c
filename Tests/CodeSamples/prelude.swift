// What a sample in a documentation comment may name without declaring it. Articles declare what they use.

import DitherData
import DitherTensors
import Layers
import NoiseDistributions
import Optimizers

nonisolated(unsafe) let model = Sequential(seed: 7) {
  Linear(inputs: 64, outputs: 32).noise(.adding(Gaussian(standardDeviation: 0.2)), on: .input)
  ReLU()
  Linear(inputs: 32, outputs: 10)
}
let inputs = Tensor(repeating: 0.5, shape: [128, 64])
let labels = (0..<128).map { $0 % 10 }
let x = inputs
let noise = NoiseStream(seed: 42)
let pass = Pass.training(noise)
let epoch = 0
let data = LabelledData(inputs: inputs, labels: labels, classes: 10, name: "prelude")
nonisolated(unsafe) let optimizer = SGD(model.parameters, learningRate: 0.1)
nonisolated(unsafe) let (logits, pullback) = model.forward(inputs, .training(noise))
let (loss, gradient) = crossEntropy(logits, labels)
