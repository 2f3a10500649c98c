// A distribution of one's own at a site, as the built-in ones are: by its type, and by a text that names it.

import DitherTensors
import Layers
import NoiseDistributions
import OwnDistribution

let plain = Linear(inputs: 10, outputs: 5).initialized(seed: 7)
let layer = plain.noise(.adding(Gumbel(scale: 0.3)), on: .input)

let inputs = Tensor((0..<40).map { Float($0 % 7) / 7 }, shape: [4, 10])
let noise = NoiseStream(seed: 42)
let (outputs, pullback) = layer.forward(inputs, .training(noise.at(step: 0)))
print(outputs)
pullback(Tensor(repeating: 1, shape: outputs.shape))
claim("the noise reaches the outputs", outputs != plain(inputs))
claim("inference is exact", layer(inputs) == plain(inputs))
claim("the weights have a gradient", layer.weight.gradient != nil)

var catalog = NoiseCatalog.standard
catalog.addGumbel()
let named = plain.noise(try catalog.rule("adding(gumbel:0.3)"), on: .input)
claim(
  "a text names the same noise",
  named.forward(inputs, .training(noise.at(step: 0))).output == outputs)

/// Prints what holds; stops the program with a failure if it does not.
func claim(_ statement: String, _ holds: Bool) {
  guard holds else { fatalError("does not hold: \(statement)") }
  print("holds: \(statement)")
}
