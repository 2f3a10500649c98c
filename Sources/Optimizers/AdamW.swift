public import DitherTensors

/// Adam with decoupled weight decay: the weight shrinks by itself, not through its gradient.
///
/// For a parameter w with gradient g at its step t, from 1: w −= learningRate·weightDecay·w; then as in ``Adam`` without
/// decay: m = β₁·m + (1 − β₁)·g; v = β₂·v + (1 − β₂)·g²; w −= learningRate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε).
///
/// t counts the steps in which the parameter had a gradient. Source: Loshchilov & Hutter 2019, with the decay scaled by
/// the learning rate as in PyTorch.
public final class AdamW: Optimizer {
  public var core: OptimizerCore
  /// The share that the running mean of the gradient keeps, β₁.
  public var beta1: Double { rule.beta1 }
  /// The share that the running mean of its square keeps, β₂.
  public var beta2: Double { rule.beta2 }
  /// What is added to the root, ε.
  public var epsilon: Double { rule.epsilon }
  /// The share of the weight, times the learning rate, that a step takes away.
  public let weightDecay: Double

  private let rule: AdamRule

  /// - Parameters:
  ///   - parameters: what to train; one that appears twice counts once.
  ///   - learningRate: 0 or more.
  ///   - beta1: β₁, 0 or more and less than 1.
  ///   - beta2: β₂, 0 or more and less than 1.
  ///   - epsilon: ε, 0 or more.
  ///   - weightDecay: 0 or more.
  ///   - groups: settings of some of the parameters.
  ///   - gradientNoise: what happens to each gradient before it is used; nil for nothing.
  public init(
    _ parameters: [Parameter], learningRate: Double = 1e-3, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0.01,
    groups: [ParameterGroup] = [], gradientNoise: GradientNoise? = nil
  ) {
    rule = AdamRule("AdamW", beta1: beta1, beta2: beta2, epsilon: epsilon, isDecoupled: true)
    self.weightDecay = weightDecay
    core = OptimizerCore(
      "AdamW", parameters, learningRate: learningRate, weightDecay: weightDecay, groups: groups,
      tensors: AdamRule.tensors, gradientNoise: gradientNoise)
  }

  public func step() {
    core.step { rule.update($0, &$1) }
  }
}
