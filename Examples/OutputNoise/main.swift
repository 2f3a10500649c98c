// Noise on the output of a linear layer, after its bias.
//
//     swift run OutputNoise

import DitherTensors
import Layers
import NoiseDistributions

let gaussian = Gaussian(standardDeviation: 0.1)
let plain = Linear(inputs: 10, outputs: 5).initialized(seed: 7)
let layer = plain.noise(.adding(gaussian), on: .output)  // shares the weights of `plain`

let inputs = Tensor((0..<40).map { Float($0 % 7) / 7 }, shape: [4, 10])
let noise = NoiseStream(seed: 42)

let first = layer.forward(inputs, .training(noise.at(step: 0))).output
let second = layer.forward(inputs, .training(noise.at(step: 1))).output
let again = layer.forward(inputs, .training(noise.at(step: 0))).output
let inference = layer(inputs)

print("A linear layer, 10 to 5, with \(gaussian) added to its output. Outputs for 4 samples:")
print("at step 0\n\(first)")
print("at step 1\n\(second)")
print("at inference\n\(inference)")
claim("two steps draw different noise", first != second)
claim("the same step draws the same noise", first == again)
claim(
  "inference is exact: it equals the layer without noise",
  inference.isBitwiseEqual(to: plain(inputs)))

// A draw has an address, so the noise of step 0 can be had again: the site of this layer is called "output".
let draws = noise.at(step: 0).in(.training).draws(
  from: gaussian, site: "output", rows: 4, columns: 5)
claim(
  "the output is that of inference plus the draws at its address",
  first.isApproximatelyEqual(
    to: inference + Tensor(draws, shape: [4, 5]), absoluteTolerance: 1e-5))

// The gradient: the sum of the outputs has the gradient 1 for each. Noise that is added does not change it.
let (output, pullback) = layer.forward(
  inputs, .training(noise.at(step: 0), gradients: .parameters))
pullback(Tensor(repeating: 1, shape: output.shape))

guard let gradient = layer.weight.gradient else { fatalError("the weight has no gradient") }
let expected = Tensor(rows: Array(repeating: inputs.sum(axis: 0).scalars, count: 5))
print("gradient of the weight\n\(gradient)")
claim(
  "the gradient flows, unchanged by the noise",
  gradient.isApproximatelyEqual(to: expected, absoluteTolerance: 1e-5))

/// Prints what holds; stops the program with a failure if it does not.
func claim(_ statement: String, _ holds: Bool) {
  guard holds else { fatalError("does not hold: \(statement)") }
  print("holds: \(statement)")
}
