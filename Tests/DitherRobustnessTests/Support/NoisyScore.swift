import DitherRobustness
import DitherTensors
import Layers
import NoiseDistributions

/// Two classes by a hyperplane that is drawn anew for each row of each pass: logits (0, (w + z)·x).
struct NoisyScore: DifferentiableClassifier {
  let weight: [Float]
  let standardDeviation: Float
  var inputShape: [Int] { [weight.count] }
  var classes: Int { 2 }

  /// w + z of each row.
  func weights(_ noise: NoiseStream?, rows: Int) -> Tensor {
    let weight = Tensor(weight).broadcast(to: [rows, weight.count])
    guard let noise else { return weight }
    let draws = noise.in(.sampling).draws(
      from: Gaussian(standardDeviation: standardDeviation), site: "weights", rows: rows,
      columns: self.weight.count)
    return weight + Tensor(draws, shape: weight.shape)
  }

  func logits(of inputs: Tensor, _ pass: Pass) -> Tensor {
    let rows = inputs.shape[0]
    let scores = (inputs * weights(pass.noise, rows: rows)).sum(axis: 1).reshaped(to: [rows, 1])
    return scores * Tensor([0, 1]).broadcast(to: [rows, 2])
  }

  func differentiableLogits(
    of inputs: Tensor, _ pass: Pass
  ) -> (logits: Tensor, pullback: (Tensor) -> Tensor) {
    let rows = inputs.shape[0]
    let weights = weights(pass.noise, rows: rows)
    return (
      logits(of: inputs, pass),
      { gradient in weights * (gradient * Tensor([0, 1])).sum(axis: 1).reshaped(to: [rows, 1]) }
    )
  }
}
