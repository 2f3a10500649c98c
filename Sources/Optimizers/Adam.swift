public import DitherTensors

/// Adam: steps scaled by running means of each element's gradient and of its square.
///
/// For a parameter w with gradient g at its step t, from 1: g′ = g + weightDecay·w; m = β₁·m + (1 − β₁)·g′;
/// v = β₂·v + (1 − β₂)·g′²; w −= learningRate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε).
///
/// t counts the steps in which the parameter had a gradient. Source: Kingma & Ba 2015; the weight decay as in PyTorch.
public final class Adam: Optimizer {
  public var core: OptimizerCore
  /// The share that the running mean of the gradient keeps, β₁.
  public var beta1: Double { rule.beta1 }
  /// The share that the running mean of its square keeps, β₂.
  public var beta2: Double { rule.beta2 }
  /// What is added to the root, ε.
  public var epsilon: Double { rule.epsilon }
  /// The factor on the weight that is added to its gradient.
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
    beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0,
    groups: [ParameterGroup] = [], gradientNoise: GradientNoise? = nil
  ) {
    rule = AdamRule("Adam", beta1: beta1, beta2: beta2, epsilon: epsilon, isDecoupled: false)
    self.weightDecay = weightDecay
    core = OptimizerCore(
      "Adam", parameters, learningRate: learningRate, weightDecay: weightDecay, groups: groups,
      tensors: AdamRule.tensors, gradientNoise: gradientNoise)
  }

  public func step() {
    core.step { rule.update($0, &$1) }
  }
}
