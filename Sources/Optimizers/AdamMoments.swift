import CKernels
import DitherTensors

/// What Adam and AdamW have in common: the hyperparameters, the running means of each parameter, and the step.
struct AdamMoments {
  let parameters: [Parameter]
  let beta1: Double
  let beta2: Double
  let epsilon: Double
  let weightDecay: Double
  private let decoupled: Bool
  /// By place in `parameters`; nil before a parameter's first step.
  private var states: [State?]

  private struct State {
    var steps = 0
    var mean: Tensor
    var square: Tensor
  }

  init(
    _ optimizer: String, _ parameters: [Parameter], beta1: Double, beta2: Double, epsilon: Double,
    weightDecay: Double, decoupled: Bool
  ) {
    requireShare(beta1, optimizer, "beta1")
    requireShare(beta2, optimizer, "beta2")
    requireNotNegative(epsilon, optimizer, "epsilon")
    requireNotNegative(weightDecay, optimizer, "weightDecay")
    self.parameters = trained(parameters, optimizer)
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.decoupled = decoupled
    states = Array(repeating: nil, count: self.parameters.count)
  }

  mutating func step(learningRate: Double) {
    for (index, parameter) in parameters.enumerated() where parameter.hasGradient {
      // Taken out of the array while it changes: a second reference would make each change copy.
      var state =
        states[index].take()
        ?? State(mean: Tensor(zeros: parameter.shape), square: Tensor(zeros: parameter.shape))
      state.steps += 1
      var kernel = ck_adam(
        learning_rate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
        weight_decay: weightDecay, correction1: 1 - power(beta1, state.steps),
        correction2: 1 - power(beta2, state.steps), gradient_scale: 1, decoupled: decoupled)
      unsafe state.mean.withUnsafeMutablePointer { mean in
        unsafe state.square.withUnsafeMutablePointer { square in
          unsafe parameter.updateByKernel { execution, count, weight, gradient in
            unsafe ck_adam_update(&execution, &kernel, count, weight, gradient, mean, square)
          }
        }
      }
      states[index] = state
    }
  }

  /// βᵗ by squaring: products alone, so the same bits everywhere.
  private func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var square = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
