import CKernels
public import DitherTensors

/// RMSprop: steps scaled by a running mean of the square of each element's gradient.
///
/// For a parameter w with gradient g: g′ = g + weightDecay·w; v = α·v + (1 − α)·g′²; d = g′ / (√v + ε);
/// w −= learningRate·d. With momentum u = momentum·u + d, in the place of d. Centered, m = α·m + (1 − α)·g′ and the
/// variance v − m² stands under the root; where rounding would make it negative it is 0. All of them begin at 0.
///
/// Source: Tieleman & Hinton 2012, *Lecture 6.5*; centered: Graves 2013, *Generating sequences with recurrent neural
/// networks*, section 4.2; with ε outside the root, as in PyTorch.
public final class RMSprop: Optimizer {
  public var core: OptimizerCore
  /// The share that the running means keep, α.
  public let smoothing: Double
  /// What is added to the root, ε.
  public let epsilon: Double
  /// The factor on the weight that is added to its gradient.
  public let weightDecay: Double
  /// The share of the velocity that is kept from step to step.
  public let momentum: Double
  /// Whether the square of the mean is taken from the mean of the square.
  public let isCentered: Bool

  /// - Parameters:
  ///   - parameters: what to train; one that appears twice counts once.
  ///   - learningRate: 0 or more.
  ///   - smoothing: α, 0 or more and less than 1.
  ///   - epsilon: ε, 0 or more.
  ///   - weightDecay: 0 or more.
  ///   - momentum: 0 to 1.
  ///   - isCentered: whether the square of the mean is taken from the mean of the square.
  ///   - groups: settings of some of the parameters.
  ///   - gradientNoise: what happens to each gradient before it is used; nil for nothing.
  public init(
    _ parameters: [Parameter], learningRate: Double = 1e-2, smoothing: Double = 0.99,
    epsilon: Double = 1e-8, weightDecay: Double = 0, momentum: Double = 0, isCentered: Bool = false,
    groups: [ParameterGroup] = [], gradientNoise: GradientNoise? = nil
  ) {
    requireShare(smoothing, "RMSprop", "smoothing")
    requireNotNegative(epsilon, "RMSprop", "epsilon")
    requireMomentum(momentum, "RMSprop")
    self.smoothing = smoothing
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.momentum = momentum
    self.isCentered = isCentered
    core = OptimizerCore(
      "RMSprop", parameters, learningRate: learningRate, weightDecay: weightDecay, groups: groups,
      tensors: ["square"] + (isCentered ? ["mean"] : []) + (momentum == 0 ? [] : ["velocity"]),
      gradientNoise: gradientNoise)
  }

  public func step() {
    core.step { parameter, slot in
      var kernel = ck_rmsprop(
        learning_rate: slot.learningRate, smoothing: smoothing, epsilon: epsilon,
        weight_decay: slot.weightDecay, momentum: momentum)
      let square = unsafe slot.pointer(0)
      let mean = unsafe isCentered ? slot.pointer(1) : nil
      let velocity = unsafe momentum == 0 ? nil : slot.pointer(isCentered ? 2 : 1)
      unsafe parameter.updateByKernel { execution, count, weight, gradient in
        unsafe ck_rmsprop_update(
          &execution, &kernel, count, weight, gradient, square, mean, velocity)
      }
    }
  }
}
