import CKernels
public import DitherTensors
public import NoiseDistributions

/// Stochastic gradient Langevin dynamics whose steps and noise are scaled, element by element, as RMSprop scales its steps.
///
/// For a parameter w with gradient g, and a standard normal draw z an element: v = α·v + (1 − α)·g², from 0;
/// G = 1 / (√v + λ); w −= learningRate·G·(g + weightDecay·w); w += √(2·learningRate·temperature·G)·z.
///
/// Temperature, weight decay and the draws' addresses are as in ``SGLD``. Where G depends on w, its change belongs to the step too:
/// w += learningRate·temperature·Γ with Γᵢ = Σⱼ ∂Gᵢⱼ / ∂wⱼ, here ∂G / ∂w an element. It is left out, as the authors leave it out:
/// that adds a term of the order (1 − α)² / α³ to their bound of the mean squared error of averages over the samples. The order is
/// that of Γ² where only the newest square in v depends on w: Γ = −(1 − α)·g·h / (√v·(√v + λ)²) with h = ∂g / ∂w, and v is at
/// least α times what it was before. So it is where w roams far within the 1 / (1 − α) steps that v remembers. Where it moves little
/// within them, v follows w: G is a function of w, and the density sampled is not exp(−U / T) of the loss U with its decay and the
/// temperature T, but proportional to exp(−U / T) / G: larger gradients, then, are sampled more often. ``SGLD`` has no such error.
///
/// ```swift
/// let sampler = PreconditionedSGLD(
///   model.parameters, learningRate: 1e-3, temperature: 1 / 3000, noise: NoiseStream(seed: 42))
/// ```
///
/// Source: Li, Chen, Carlson & Carin 2016, *Preconditioned stochastic gradient Langevin dynamics for deep neural networks*,
/// algorithm 1, whose step ε is 2·learningRate·temperature.
public final class PreconditionedSGLD: Optimizer {
  public var core: OptimizerCore
  /// How much noise: 1 / N for a posterior of N samples where the loss is their mean.
  public let temperature: Double
  /// The factor on the weight that is added to its gradient.
  public let weightDecay: Double
  /// The share that the running mean of squares keeps, α.
  public let smoothing: Double
  /// What is added to the root, λ: it bounds the step where gradients vanish.
  public let epsilon: Double
  /// What is drawn from. Its domain, step and first row do not matter, unless it is frozen.
  public let noise: NoiseStream

  /// - Parameters:
  ///   - parameters: what to sample; one that appears twice counts once.
  ///   - learningRate: 0 or more.
  ///   - temperature: 0 or more.
  ///   - noise: the stream of the draws.
  ///   - smoothing: α, 0 or more and less than 1.
  ///   - epsilon: λ, above 0.
  ///   - weightDecay: 0 or more.
  ///   - groups: settings of some of the parameters.
  ///   - gradientNoise: what happens to each gradient before it is used; nil for nothing.
  public init(
    _ parameters: [Parameter], learningRate: Double, temperature: Double, noise: NoiseStream,
    smoothing: Double = 0.99, epsilon: Double = 1e-5, weightDecay: Double = 0,
    groups: [ParameterGroup] = [], gradientNoise: GradientNoise? = nil
  ) {
    requireNotNegative(temperature, "PreconditionedSGLD", "temperature")
    requireShare(smoothing, "PreconditionedSGLD", "smoothing")
    requirePositive(epsilon, "PreconditionedSGLD", "epsilon")
    self.temperature = temperature
    self.weightDecay = weightDecay
    self.smoothing = smoothing
    self.epsilon = epsilon
    self.noise = noise
    core = OptimizerCore(
      "PreconditionedSGLD", parameters, learningRate: learningRate, weightDecay: weightDecay,
      groups: groups, tensors: ["square"], gradientNoise: gradientNoise)
  }

  public func step() {
    let noise = noise.at(step: stepCount)
    core.step { parameter, slot in
      unsafe parameter.updateByLangevinDynamics(
        ck_langevin(
          learning_rate: slot.learningRate, weight_decay: slot.weightDecay,
          temperature: temperature, smoothing: smoothing, epsilon: epsilon),
        noise, place: slot.index, square: slot.pointer(0))
    }
  }
}
