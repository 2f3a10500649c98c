import CKernels
public import DitherTensors
public import NoiseDistributions

/// Stochastic gradient Langevin dynamics: descent with noise of just the size that makes the weights a sample of their
/// posterior distribution.
///
/// For a parameter w with gradient g, and a standard normal draw z an element:
/// w −= learningRate·(g + weightDecay·w); w += √(2·learningRate·temperature)·z.
///
/// With small steps the weights come to be distributed as exp(−(L + ½·weightDecay·‖w‖²) / temperature), L being the loss
/// whose gradient g is: a batch's is enough, if the learning rate falls. For a loss that is the mean of −log p over N samples,
/// the temperature 1 / N makes that the posterior, under a normal prior of variance 1 / (weightDecay·N); temperatures below are
/// colder. At temperature 0 it is descent without noise.
///
/// ```swift
/// let sampler = SGLD(
///   model.parameters, learningRate: 1e-3, temperature: 1 / 3000, noise: NoiseStream(seed: 42))
/// sampler.learningRateSchedule = .inversePower(from: 1e-3, exponent: 0.55, over: 1000)
/// ```
///
/// The draws are addressed: in the domain `NoiseDomain.optimizer`, at the step that the optimizer has counted so far, from 0,
/// at the site of the parameter's place in the list (`"3.update"`), with row and column as in ``GradientNoise``.
///
/// Source: Welling & Teh 2011, *Bayesian learning via stochastic gradient Langevin dynamics*, equation 4, whose step ε is
/// 2·learningRate·temperature.
public final class SGLD: Optimizer {
  public var core: OptimizerCore
  /// How much noise: 1 / N for a posterior of N samples where the loss is their mean.
  public let temperature: Double
  /// The factor on the weight that is added to its gradient.
  public let weightDecay: Double
  /// What is drawn from. Its domain, step and first row do not matter, unless it is frozen.
  public let noise: NoiseStream

  /// - Parameters:
  ///   - parameters: what to sample; one that appears twice counts once.
  ///   - learningRate: 0 or more.
  ///   - temperature: 0 or more.
  ///   - noise: the stream of the draws.
  ///   - weightDecay: 0 or more.
  ///   - groups: settings of some of the parameters.
  ///   - gradientNoise: what happens to each gradient before it is used; nil for nothing.
  public init(
    _ parameters: [Parameter], learningRate: Double, temperature: Double, noise: NoiseStream,
    weightDecay: Double = 0, groups: [ParameterGroup] = [], gradientNoise: GradientNoise? = nil
  ) {
    requireNotNegative(temperature, "SGLD", "temperature")
    self.temperature = temperature
    self.weightDecay = weightDecay
    self.noise = noise
    core = OptimizerCore(
      "SGLD", parameters, learningRate: learningRate, weightDecay: weightDecay, groups: groups,
      gradientNoise: gradientNoise)
  }

  public func step() {
    let noise = noise.at(step: stepCount)
    core.step { parameter, slot in
      unsafe parameter.updateByLangevinDynamics(
        ck_langevin(
          learning_rate: slot.learningRate, weight_decay: slot.weightDecay,
          temperature: temperature, smoothing: 0, epsilon: 0),
        noise, place: slot.index, square: nil)
    }
  }
}

extension Parameter {
  /// One step of Langevin dynamics, preconditioned where there is a running mean of squares.
  ///
  /// - Parameters:
  ///   - stream: at the optimizer's step.
  ///   - place: of the parameter in the optimizer's list.
  func updateByLangevinDynamics(
    _ langevin: ck_langevin, _ stream: NoiseStream, place: Int,
    square: UnsafeMutablePointer<Float>?
  ) {
    let (rows, columns) = matrixShape
    var langevin = langevin
    var address = stream.in(.optimizer).rows(from: 0).address(
      of: "\(place).update", rows: rows, columns: columns
    ).kernelAddress
    unsafe updateByKernel { execution, _, weight, gradient in
      unsafe ck_langevin_update(
        &execution, &langevin, &address, rows, columns, weight, gradient, square)
    }
  }
}
