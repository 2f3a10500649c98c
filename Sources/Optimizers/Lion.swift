import CKernels
public import DitherTensors

/// Lion: steps of one size for every element, by the sign of a running mean of its gradient.
///
/// For a parameter w with gradient g: w −= learningRate·(sign(β₁·m + (1 − β₁)·g) + weightDecay·w); then
/// m = β₂·m + (1 − β₂)·g, from 0. The sign of 0 is 0.
///
/// It wants a learning rate of a tenth to a third of AdamW's, and a weight decay that is as many times greater. Source:
/// Chen et al. 2023, *Symbolic discovery of optimization algorithms*, algorithm 2; the defaults are those of the authors'
/// code.
public final class Lion: Optimizer {
  public var core: OptimizerCore
  /// The share of the running mean in the step, β₁.
  public let beta1: Double
  /// The share that the running mean keeps, β₂.
  public let beta2: Double
  /// The share of the weight, times the learning rate, that a step takes away.
  public let weightDecay: Double

  /// - Parameters:
  ///   - parameters: what to train; one that appears twice counts once.
  ///   - learningRate: 0 or more.
  ///   - beta1: β₁, 0 or more and less than 1.
  ///   - beta2: β₂, 0 or more and less than 1.
  ///   - weightDecay: 0 or more.
  ///   - groups: settings of some of the parameters.
  ///   - gradientNoise: what happens to each gradient before it is used; nil for nothing.
  public init(
    _ parameters: [Parameter], learningRate: Double = 1e-4, beta1: Double = 0.9,
    beta2: Double = 0.99, weightDecay: Double = 0, groups: [ParameterGroup] = [],
    gradientNoise: GradientNoise? = nil
  ) {
    requireShare(beta1, "Lion", "beta1")
    requireShare(beta2, "Lion", "beta2")
    self.beta1 = beta1
    self.beta2 = beta2
    self.weightDecay = weightDecay
    core = OptimizerCore(
      "Lion", parameters, learningRate: learningRate, weightDecay: weightDecay, groups: groups,
      tensors: ["mean"], gradientNoise: gradientNoise)
  }

  public func step() {
    core.step { parameter, slot in
      var kernel = ck_lion(
        learning_rate: slot.learningRate, beta1: beta1, beta2: beta2,
        weight_decay: slot.weightDecay)
      let mean = unsafe slot.pointer(0)
      unsafe parameter.updateByKernel { execution, count, weight, gradient in
        unsafe ck_lion_update(&execution, &kernel, count, weight, gradient, mean)
      }
    }
  }
}
