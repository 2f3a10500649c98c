import DitherRobustness
import DitherTensors
import Layers

/// Two classes by the side of a hyperplane: logits (0, w·x + b), whose gradient is known.
struct LinearScore: DifferentiableClassifier {
  let weight: [Float]
  var bias: Float = 0
  var inputShape: [Int] { [weight.count] }
  var classes: Int { 2 }

  func logits(of inputs: Tensor, _ pass: Pass) -> Tensor {
    let zeros = Tensor(zeros: [1, weight.count])
    let both = Tensor(concatenating: [zeros, Tensor(weight, shape: [1, weight.count])])
    return inputs.matmul(both, transposingOther: true) + Tensor([0, bias])
  }

  func differentiableLogits(
    of inputs: Tensor, _ pass: Pass
  ) -> (logits: Tensor, pullback: (Tensor) -> Tensor) {
    let both = Tensor(
      concatenating: [Tensor(zeros: [1, weight.count]), Tensor(weight, shape: [1, weight.count])])
    return (logits(of: inputs, pass), { $0.matmul(both) })
  }

  /// The exact signed distance of a point to the hyperplane.
  func distance(_ x: [Float]) -> Double {
    var (score, squares) = (Double(bias), 0.0)
    for (weight, x) in zip(weight, x) {
      score += Double(weight) * Double(x)
      squares += Double(weight) * Double(weight)
    }
    return score / squares.squareRoot()
  }
}
