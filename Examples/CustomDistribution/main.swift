// A distribution of one's own: say how it is drawn, and it works at every site, as the built-in ones do.
//
//     swift run CustomDistribution

import DitherTensors
import Layers
import NoiseDistributions

/// The symmetric triangular distribution on center ± halfWidth, that of the sum of two uniform draws.
struct Tent: QuantileDistribution {
  var center: Float = 0
  var halfWidth: Float
  var mean: Double { Double(center) }
  var variance: Double { Double(halfWidth * halfWidth) / 6 }

  /// The value that a draw does not exceed with the probability `p`, which is never 0 or 1.
  func quantile(_ p: Float) -> Float {
    // By the nearer tail and a sign: on which side of ½ p lies is a coin toss, which a processor cannot predict.
    let tail = (2 * min(p, 1 - p)).squareRoot()
    return center + Float(signOf: p - 0.5, magnitudeOf: halfWidth * (1 - tail))
  }
}

let tent = Tent(halfWidth: 0.5)
let noise = NoiseStream(seed: 42)

// Is it drawn as it says? Over a million draws the mean and the variance miss by a few parts in a thousand at most.
let draws = noise.draws(from: tent, site: "check", rows: 1000, columns: 1000).map(Double.init)
let mean = draws.reduce(0, +) / Double(draws.count)
let variance = draws.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(draws.count - 1)
print("\(draws.count) draws from \(tent)")
print("mean \(mean), stated \(tent.mean)")
print("variance \(variance), stated \(tent.variance)")
// Five standard errors: that of the variance is variance · √(7/5 / n), as the fourth moment is 12/5 of variance².
let error = (1 / Double(draws.count)).squareRoot()
claim("the mean is as stated", abs(mean) < 5 * tent.variance.squareRoot() * error)
claim(
  "the variance is as stated",
  abs(variance - tent.variance) < 5 * tent.variance * (7.0 / 5).squareRoot() * error)

// On a layer, on both sides: added to the input, multiplied with the output.
let factor = Tent(center: 1, halfWidth: 0.5)
let plain = Linear(inputs: 10, outputs: 5).initialized(seed: 7)
let layer =
  plain
  .noise(.adding(tent), on: .input)
  .noise(.multiplying(factor), on: .output)

let inputs = Tensor((0..<40).map { Float($0 % 7) / 7 }, shape: [4, 10])
let (first, pullback) = layer.forward(inputs, .training(noise.at(step: 0)))
let second = layer.forward(inputs, .training(noise.at(step: 1))).output
let again = layer.forward(inputs, .training(noise.at(step: 0))).output
print("outputs at step 0\n\(first)")
print("outputs at step 1\n\(second)")
claim("two steps draw different noise", first != second)
claim("the same step draws the same noise", first == again)
claim(
  "inference is exact: it equals the layer without noise",
  layer(inputs).isBitwiseEqual(to: plain(inputs)))

// The factor of each output is its gradient on the way back: the bias collects it.
pullback(Tensor(repeating: 1, shape: first.shape))
let factors = noise.at(step: 0).in(.training).draws(
  from: factor, site: "output", rows: 4, columns: 5)
guard layer.weight.gradient != nil, let gradient = layer.bias?.gradient
else { fatalError("the weight or the bias has no gradient") }
claim(
  "the gradient flows, through the noise of the same step",
  gradient.isApproximatelyEqual(
    to: Tensor(factors, shape: [4, 5]).sum(axis: 0), absoluteTolerance: 1e-5))

/// Prints what holds; stops the program with a failure if it does not.
func claim(_ statement: String, _ holds: Bool) {
  guard holds else { fatalError("does not hold: \(statement)") }
  print("holds: \(statement)")
}
