public import DitherTensors

/// Adam with decoupled weight decay: the weight shrinks by itself, not through its gradient.
///
/// For a parameter w with gradient g at its step t, from 1: w −= learningRate·weightDecay·w; then as in ``Adam`` without
/// decay: m = β₁·m + (1 − β₁)·g; v = β₂·v + (1 − β₂)·g²; w −= learningRate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε).
///
/// t counts the steps in which the parameter had a gradient. Source: Loshchilov & Hutter 2019, with the decay scaled by
/// the learning rate as in PyTorch.
public final class AdamW: Optimizer {
  public var parameters: [Parameter] { moments.parameters }
  public var learningRate: Double {
    didSet { requireNotNegative(learningRate, "AdamW", "learningRate") }
  }
  public private(set) var stepCount = 0
  /// What happens to each gradient before it is used; nil for nothing. May be set between steps.
  public var gradientNoise: GradientNoise?

  /// The share that the running mean of the gradient keeps, β₁.
  public var beta1: Double { moments.beta1 }
  /// The share that the running mean of its square keeps, β₂.
  public var beta2: Double { moments.beta2 }
  /// What is added to the root, ε.
  public var epsilon: Double { moments.epsilon }
  /// The share of the weight, times the learning rate, that a step takes away.
  public var weightDecay: Double { moments.weightDecay }

  private var moments: AdamMoments

  /// - Parameters:
  ///   - parameters: what to train; one that appears twice counts once.
  ///   - learningRate: 0 or more.
  ///   - beta1: β₁, 0 or more and less than 1.
  ///   - beta2: β₂, 0 or more and less than 1.
  ///   - epsilon: ε, 0 or more.
  ///   - weightDecay: 0 or more.
  ///   - gradientNoise: what happens to each gradient before it is used; nil for nothing.
  public init(
    _ parameters: [Parameter], learningRate: Double = 1e-3, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0.01,
    gradientNoise: GradientNoise? = nil
  ) {
    requireNotNegative(learningRate, "AdamW", "learningRate")
    self.learningRate = learningRate
    self.gradientNoise = gradientNoise
    moments = AdamMoments(
      "AdamW", parameters, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
      decoupled: true)
  }

  public func step() {
    gradientNoise?.apply(to: parameters, step: stepCount)
    moments.step(learningRate: learningRate)
    stepCount += 1
  }
}
