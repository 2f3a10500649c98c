import DitherTensors
import NoiseDistributions
import Optimizers

extension OptimizerSettings {
  /// The optimizer.
  ///
  /// - Parameters:
  ///   - parameters: what it trains.
  ///   - rows: of the training part, whose inverse is the temperature of a posterior.
  ///   - noise: what its noise is drawn from.
  func makeOptimizer(
    _ parameters: [Parameter], rows: Int, noise: NoiseStream
  ) throws(UsageError) -> any Optimizer {
    let learningRate = learningRate ?? 0
    let weightDecay = weightDecay ?? 0
    let temperature = temperature ?? 1 / Double(rows)
    let (beta1, beta2) = (beta1 ?? 0.9, beta2 ?? 0.999)
    let groups = maxNorm.map { [ParameterGroup(parameters, maximumRowNorm: $0)] } ?? []
    let gradientNoise = try gradientRule.map { GradientNoise($0, from: noise) }
    let optimizer: any Optimizer =
      switch try kind {
      case .sgd:
        SGD(
          parameters, learningRate: learningRate, momentum: momentum ?? 0,
          nesterov: nesterov ?? false, weightDecay: weightDecay, groups: groups,
          gradientNoise: gradientNoise)
      case .adam:
        Adam(
          parameters, learningRate: learningRate, beta1: beta1, beta2: beta2,
          weightDecay: weightDecay, groups: groups, gradientNoise: gradientNoise)
      case .adamw:
        AdamW(
          parameters, learningRate: learningRate, beta1: beta1, beta2: beta2,
          weightDecay: weightDecay, groups: groups, gradientNoise: gradientNoise)
      case .rmsprop:
        RMSprop(
          parameters, learningRate: learningRate, weightDecay: weightDecay,
          momentum: momentum ?? 0, groups: groups, gradientNoise: gradientNoise)
      case .adagrad:
        Adagrad(
          parameters, learningRate: learningRate, weightDecay: weightDecay, groups: groups,
          gradientNoise: gradientNoise)
      case .lion:
        Lion(
          parameters, learningRate: learningRate, beta1: beta1, beta2: beta2,
          weightDecay: weightDecay, groups: groups, gradientNoise: gradientNoise)
      case .sgld:
        SGLD(
          parameters, learningRate: learningRate, temperature: temperature, noise: noise,
          weightDecay: weightDecay, groups: groups, gradientNoise: gradientNoise)
      case .preconditionedSGLD:
        PreconditionedSGLD(
          parameters, learningRate: learningRate, temperature: temperature, noise: noise,
          weightDecay: weightDecay, groups: groups, gradientNoise: gradientNoise)
      }
    optimizer.learningRateSchedule = try rate
    return optimizer
  }
}
