// Dropout on the output of a linear layer: an output is 0, or it is scaled up so that the mean stays.
//
//     swift run Dropout

import DitherTensors
import Layers
import NoiseDistributions

let rate = 0.2
let plain = Linear(inputs: 10, outputs: 5).initialized(seed: 7)
let layer = plain.noise(.dropout(rate: rate), on: .output)  // shares the weights of `plain`

let inputs = Tensor((0..<40).map { Float($0 % 7) / 7 }, shape: [4, 10])
let noise = NoiseStream(seed: 42)

let first = layer.forward(inputs, .training(noise.at(step: 0))).output
let second = layer.forward(inputs, .training(noise.at(step: 1))).output
let again = layer.forward(inputs, .training(noise.at(step: 0))).output
let inference = layer(inputs)

print("A linear layer, 10 to 5, with dropout at rate \(rate) on its output. Outputs for 4 samples:")
print("at step 0\n\(first)")
print("at step 1\n\(second)")
print("at inference\n\(inference)")
claim("two steps drop different outputs", first != second)
claim("the same step drops the same outputs", first == again)
claim(
  "inference is exact: it equals the layer without dropout",
  inference.isBitwiseEqual(to: plain(inputs)))

// What each output was multiplied by at step 0: 0 or 1 / (1 − rate).
let mask = first / inference
let scale = Float(1 / (1 - rate))
claim("some outputs are dropped, others are not", mask.minimum() == 0 && mask.maximum() > 1)
claim(
  "those that stay are scaled by 1 / (1 − rate)",
  mask.scalars.allSatisfy { $0 == 0 || abs($0 - scale) < 1e-4 })

// The gradient: the sum of the outputs has the gradient 1 for each. A dropped output passes nothing back, and one that
// stays passes it back scaled: the bias collects the mask, the weight the inputs under the mask.
let (output, pullback) = layer.forward(
  inputs, .training(noise.at(step: 0), gradients: .parameters))
pullback(Tensor(repeating: 1, shape: output.shape))

guard let weightGradient = layer.weight.gradient, let biasGradient = layer.bias?.gradient
else { fatalError("the weight or the bias has no gradient") }
print("gradient of the weight\n\(weightGradient)")
claim(
  "the gradient of the bias flows under the same mask",
  biasGradient.isApproximatelyEqual(to: mask.sum(axis: 0), absoluteTolerance: 1e-4))
claim(
  "the gradient of the weight flows under the same mask",
  weightGradient.isApproximatelyEqual(to: mask.transposed().matmul(inputs), absoluteTolerance: 1e-4)
)

/// Prints what holds; stops the program with a failure if it does not.
func claim(_ statement: String, _ holds: Bool) {
  guard holds else { fatalError("does not hold: \(statement)") }
  print("holds: \(statement)")
}
