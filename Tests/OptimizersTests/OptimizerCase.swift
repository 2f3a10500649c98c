import DitherTensors
import NoiseDistributions
import Optimizers

/// Each optimizer, with what makes it keep state.
enum OptimizerCase: String, CaseIterable, Sendable, Codable {
  case sgd, momentum, nesterov, adam, adamW, rmsProp, centeredRMSprop, adagrad, lion
  case sgld, preconditionedSGLD

  /// Those whose step is a function of the gradients alone.
  static let withoutDraws = allCases.filter { $0 != .sgld && $0 != .preconditionedSGLD }

  func make(
    _ parameters: [Parameter], learningRate: Double = 0.1, groups: [ParameterGroup] = [],
    gradientNoise: GradientNoise? = nil
  ) -> any Optimizer {
    switch self {
    case .sgd:
      SGD(
        parameters, learningRate: learningRate, weightDecay: 0.01, groups: groups,
        gradientNoise: gradientNoise)
    case .momentum:
      SGD(
        parameters, learningRate: learningRate, momentum: 0.9, groups: groups,
        gradientNoise: gradientNoise)
    case .nesterov:
      SGD(
        parameters, learningRate: learningRate, momentum: 0.9, nesterov: true, groups: groups,
        gradientNoise: gradientNoise)
    case .adam:
      Adam(
        parameters, learningRate: learningRate, weightDecay: 0.01, groups: groups,
        gradientNoise: gradientNoise)
    case .adamW:
      AdamW(
        parameters, learningRate: learningRate, groups: groups, gradientNoise: gradientNoise)
    case .rmsProp:
      RMSprop(
        parameters, learningRate: learningRate, weightDecay: 0.01, groups: groups,
        gradientNoise: gradientNoise)
    case .centeredRMSprop:
      RMSprop(
        parameters, learningRate: learningRate, epsilon: 1e-3, momentum: 0.5, isCentered: true,
        groups: groups, gradientNoise: gradientNoise)
    case .adagrad:
      Adagrad(
        parameters, learningRate: learningRate, learningRateDecay: 0.1, initialSquareSum: 0.1,
        groups: groups, gradientNoise: gradientNoise)
    case .lion:
      Lion(
        parameters, learningRate: learningRate, weightDecay: 0.1, groups: groups,
        gradientNoise: gradientNoise)
    case .sgld:
      SGLD(
        parameters, learningRate: learningRate, temperature: 1e-6, noise: NoiseStream(seed: 5),
        groups: groups, gradientNoise: gradientNoise)
    case .preconditionedSGLD:
      PreconditionedSGLD(
        parameters, learningRate: learningRate, temperature: 1e-6, noise: NoiseStream(seed: 5),
        groups: groups, gradientNoise: gradientNoise)
    }
  }
}

/// Numbers between -1 and 1 that repeat nothing soon.
func ramp(_ shape: [Int], _ offset: Int) -> Tensor {
  let count = shape.reduce(1, *)
  return Tensor(
    (0..<count).map { Float(($0 * 7919 + offset * 104_729) % 2003) / 1001 - 1 }, shape: shape)
}
