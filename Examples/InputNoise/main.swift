// Noise on the input of a linear layer: each step of training sees other values of the same data.
//
//     swift run InputNoise

import DitherTensors
import Layers
import NoiseDistributions

let gaussian = Gaussian(standardDeviation: 0.2)
let plain = Linear(inputs: 10, outputs: 5).initialized(seed: 7)
let layer = plain.noise(.adding(gaussian), on: .input)  // shares the weights of `plain`

let inputs = Tensor((0..<40).map { Float($0 % 7) / 7 }, shape: [4, 10])
let noise = NoiseStream(seed: 42)

let first = layer.forward(inputs, .training(noise.at(step: 0))).output
let second = layer.forward(inputs, .training(noise.at(step: 1))).output
let again = layer.forward(inputs, .training(noise.at(step: 0))).output
let inference = layer(inputs)

print("A linear layer, 10 to 5, with \(gaussian) added to its input. Outputs for 4 samples:")
print("at step 0\n\(first)")
print("at step 1\n\(second)")
print("at inference\n\(inference)")
claim("two steps draw different noise", first != second)
claim("the same step draws the same noise", first == again)
claim(
  "inference is exact: it equals the layer without noise",
  inference.isBitwiseEqual(to: plain(inputs)))

// The gradient: the sum of the outputs has the gradient 1 for each. The weight's is then the sum of the noisy inputs.
let (output, pullback) = layer.forward(
  inputs, .training(noise.at(step: 0), gradients: .parameters))
pullback(Tensor(repeating: 1, shape: output.shape))

// A draw has an address, so the noise of step 0 can be had again: the site of this layer is called "input".
let draws = noise.at(step: 0).in(.training).draws(
  from: gaussian, site: "input", rows: 4, columns: 10)
let noisyInputs = inputs + Tensor(draws, shape: [4, 10])
guard let gradient = layer.weight.gradient else { fatalError("the weight has no gradient") }
let expected = Tensor(rows: Array(repeating: noisyInputs.sum(axis: 0).scalars, count: 5))
print("gradient of the weight\n\(gradient)")
claim(
  "the gradient flows, through the noise of the same step",
  gradient.isApproximatelyEqual(to: expected, absoluteTolerance: 1e-5))

/// Prints what holds; stops the program with a failure if it does not.
func claim(_ statement: String, _ holds: Bool) {
  guard holds else { fatalError("does not hold: \(statement)") }
  print("holds: \(statement)")
}
