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
  public let parameters: [Parameter]
  public var learningRate: Double {
    didSet { requireNotNegative(learningRate, "SGD", "learningRate") }
  }
  public private(set) var stepCount = 0
  /// What happens to each gradient before it is used; nil for nothing. May be set between steps.
  public var gradientNoise: GradientNoise?

  /// The share of the velocity that is kept from step to step.
  public let momentum: Double
  /// Whether the step looks ahead by the momentum.
  public let nesterov: Bool
  /// The factor on the weight that is added to its gradient.
  public let weightDecay: Double

  /// By place in `parameters`; nil before a parameter's first step, and without momentum.
  private var velocities: [Tensor?]

  /// - Parameters:
  ///   - parameters: what to train; one that appears twice counts once.
  ///   - learningRate: 0 or more.
  ///   - momentum: 0 to 1.
  ///   - nesterov: needs a momentum above 0.
  ///   - weightDecay: 0 or more.
  ///   - gradientNoise: what happens to each gradient before it is used; nil for nothing.
  public init(
    _ parameters: [Parameter], learningRate: Double, momentum: Double = 0, nesterov: Bool = false,
    weightDecay: Double = 0, gradientNoise: GradientNoise? = nil
  ) {
    requireNotNegative(learningRate, "SGD", "learningRate")
    require(
      momentum >= 0 && momentum <= 1, "SGD: momentum is \(momentum); expected a number from 0 to 1")
    require(
      !nesterov || momentum > 0, "SGD: nesterov with momentum \(momentum); expected it above 0")
    requireNotNegative(weightDecay, "SGD", "weightDecay")
    self.parameters = trained(parameters, "SGD")
    self.learningRate = learningRate
    self.momentum = momentum
    self.nesterov = nesterov
    self.weightDecay = weightDecay
    self.gradientNoise = gradientNoise
    velocities = Array(repeating: nil, count: self.parameters.count)
  }

  public func step() {
    gradientNoise?.apply(to: parameters, step: stepCount)
    for (index, parameter) in parameters.enumerated() where parameter.hasGradient {
      var kernel = ck_sgd(
        learning_rate: learningRate, momentum: momentum, weight_decay: weightDecay,
        gradient_scale: 1, nesterov: nesterov, first: false)
      if momentum == 0 {
        unsafe update(parameter, &kernel, velocity: nil)
      } else {
        kernel.first = velocities[index] == nil
        if kernel.first { velocities[index] = Tensor(zeros: parameter.shape) }
        unsafe velocities[index]!.withUnsafeMutablePointer { velocity in
          unsafe update(parameter, &kernel, velocity: velocity)
        }
      }
    }
    stepCount += 1
  }

  private func update(
    _ parameter: Parameter, _ kernel: inout ck_sgd, velocity: UnsafeMutablePointer<Float>?
  ) {
    unsafe parameter.updateByKernel { execution, count, weight, gradient in
      unsafe ck_sgd_update(&execution, &kernel, count, weight, gradient, velocity)
    }
  }
}
