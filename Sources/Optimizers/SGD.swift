import CKernels
import DitherRuntime
public import DitherTensors

/// Stochastic gradient descent, with momentum, Nesterov's form of it, and weight decay, as PyTorch defines them.
///
/// For a parameter w with gradient g: g′ = g + weightDecay·w; v = momentum·v + g′ (v = g′ at the parameter's first step);
/// w −= learningRate·v, or with Nesterov w −= learningRate·(g′ + momentum·v). Without momentum v = g′.
///
/// Source: Sutskever et al. 2013, with the learning rate outside the velocity.
public final class SGD: Optimizer {
  public var core: OptimizerCore
  /// The share of the velocity that is kept from step to step.
  public let momentum: Double
  /// Whether the step looks ahead by the momentum.
  public let nesterov: Bool
  /// The factor on the weight that is added to its gradient.
  public let weightDecay: Double

  /// - Parameters:
  ///   - parameters: what to train; one that appears twice counts once.
  ///   - learningRate: 0 or more.
  ///   - momentum: 0 to 1.
  ///   - nesterov: needs a momentum above 0.
  ///   - weightDecay: 0 or more.
  ///   - groups: settings of some of the parameters.
  ///   - gradientNoise: what happens to each gradient before it is used; nil for nothing.
  public init(
    _ parameters: [Parameter], learningRate: Double, momentum: Double = 0, nesterov: Bool = false,
    weightDecay: Double = 0, groups: [ParameterGroup] = [], gradientNoise: GradientNoise? = nil
  ) {
    requireMomentum(momentum, "SGD")
    require(
      !nesterov || momentum > 0, "SGD: nesterov with momentum \(momentum); expected it above 0")
    self.momentum = momentum
    self.nesterov = nesterov
    self.weightDecay = weightDecay
    core = OptimizerCore(
      "SGD", parameters, learningRate: learningRate, weightDecay: weightDecay, groups: groups,
      tensors: momentum == 0 ? [] : ["velocity"], gradientNoise: gradientNoise)
  }

  public func step() {
    core.step { parameter, slot in
      var kernel = ck_sgd(
        learning_rate: slot.learningRate, momentum: momentum, weight_decay: slot.weightDecay,
        gradient_scale: 1, nesterov: nesterov, first: slot.stepCount == 1)
      let velocity = unsafe momentum == 0 ? nil : slot.pointer(0)
      unsafe parameter.updateByKernel { execution, count, weight, gradient in
        unsafe ck_sgd_update(&execution, &kernel, count, weight, gradient, velocity)
      }
    }
  }
}
