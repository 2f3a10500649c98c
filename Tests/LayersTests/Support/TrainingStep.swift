import DitherTensors
import Layers
import NoiseDistributions
import Optimizers

/// One step of training a classifier; without noise where there is no stream.
func trainingStep(
  _ model: Sequential, _ optimizer: any Optimizer, _ inputs: Tensor, _ labels: [Int],
  _ noise: NoiseStream?
) {
  let pass =
    noise.map { Pass.training($0.at(step: optimizer.stepCount)) }
    ?? .withoutNoise(gradients: .parameters)
  let (logits, pullback) = model.forward(inputs, pass)
  let (_, gradient) = crossEntropy(logits, labels)
  pullback(gradient)
  optimizer.step()
}
