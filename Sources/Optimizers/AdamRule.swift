import CKernels
import DitherTensors

/// What Adam and AdamW have in common: the hyperparameters and the update of a parameter.
struct AdamRule {
  static let tensors = ["mean", "square"]

  let beta1: Double
  let beta2: Double
  let epsilon: Double
  let isDecoupled: Bool

  init(_ optimizer: String, beta1: Double, beta2: Double, epsilon: Double, isDecoupled: Bool) {
    requireShare(beta1, optimizer, "beta1")
    requireShare(beta2, optimizer, "beta2")
    requireNotNegative(epsilon, optimizer, "epsilon")
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.isDecoupled = isDecoupled
  }

  func update(_ parameter: Parameter, _ slot: inout ParameterSlot) {
    var kernel = ck_adam(
      learning_rate: slot.learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
      weight_decay: slot.weightDecay, correction1: 1 - power(beta1, slot.stepCount),
      correction2: 1 - power(beta2, slot.stepCount), gradient_scale: 1, decoupled: isDecoupled)
    let (mean, square) = unsafe (slot.pointer(0), slot.pointer(1))
    unsafe parameter.updateByKernel { execution, count, weight, gradient in
      unsafe ck_adam_update(&execution, &kernel, count, weight, gradient, mean, square)
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
