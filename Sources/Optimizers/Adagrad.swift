import CKernels
public import DitherTensors

/// Adagrad: steps scaled by the sum of the squares of all of an element's gradients.
///
/// For a parameter w with gradient g at its step t, from 1: g′ = g + weightDecay·w; s = s + g′², from
/// s = initialSquareSum; w −= learningRate / (1 + (t − 1)·learningRateDecay) · g′ / (√s + ε).
///
/// t counts the steps in which the parameter had a gradient. Source: Duchi, Hazan & Singer 2011; the decays as in PyTorch.
public final class Adagrad: Optimizer {
  public var core: OptimizerCore
  /// How fast the learning rate falls by itself.
  public let learningRateDecay: Double
  /// The factor on the weight that is added to its gradient.
  public let weightDecay: Double
  /// What the sum of squares begins with.
  public let initialSquareSum: Double
  /// What is added to the root, ε.
  public let epsilon: Double

  /// - Parameters:
  ///   - parameters: what to train; one that appears twice counts once.
  ///   - learningRate: 0 or more.
  ///   - learningRateDecay: 0 or more.
  ///   - weightDecay: 0 or more.
  ///   - initialSquareSum: 0 or more.
  ///   - epsilon: ε, 0 or more.
  ///   - groups: settings of some of the parameters.
  ///   - gradientNoise: what happens to each gradient before it is used; nil for nothing.
  public init(
    _ parameters: [Parameter], learningRate: Double = 1e-2, learningRateDecay: Double = 0,
    weightDecay: Double = 0, initialSquareSum: Double = 0, epsilon: Double = 1e-10,
    groups: [ParameterGroup] = [], gradientNoise: GradientNoise? = nil
  ) {
    requireNotNegative(learningRateDecay, "Adagrad", "learningRateDecay")
    requireNotNegative(initialSquareSum, "Adagrad", "initialSquareSum")
    requireNotNegative(epsilon, "Adagrad", "epsilon")
    self.learningRateDecay = learningRateDecay
    self.weightDecay = weightDecay
    self.initialSquareSum = initialSquareSum
    self.epsilon = epsilon
    core = OptimizerCore(
      "Adagrad", parameters, learningRate: learningRate, weightDecay: weightDecay, groups: groups,
      tensors: ["squareSum"], gradientNoise: gradientNoise)
  }

  public func step() {
    core.step { parameter, slot in
      if slot.stepCount == 1 && initialSquareSum != 0 {
        slot.tensors[0].fill(with: Float(initialSquareSum))
      }
      var kernel = ck_adagrad(
        learning_rate: slot.learningRate / (1 + Double(slot.stepCount - 1) * learningRateDecay),
        epsilon: epsilon, weight_decay: slot.weightDecay)
      let squareSum = unsafe slot.pointer(0)
      unsafe parameter.updateByKernel { execution, count, weight, gradient in
        unsafe ck_adagrad_update(&execution, &kernel, count, weight, gradient, squareSum)
      }
    }
  }
}
