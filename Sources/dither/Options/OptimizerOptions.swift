import ArgumentParser

/// How gradients change the parameters.
struct OptimizerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "\(OptimizerSettings.Kind.allCases.map(\.rawValue).joined(separator: ", ")). (default: adamw)",
      valueName: "name"),
    completion: .list(OptimizerSettings.Kind.allCases.map(\.rawValue)))
  var optimizer: String?

  @Option(
    help: ArgumentHelp("(default: the optimizer's own, 0.001 of adamw)", valueName: "rate"))
  var learningRate: Double?

  @Option(
    help: ArgumentHelp(
      "The rate as a function of the step, such as cosine:0.001,0,4000.", valueName: "schedule"))
  var schedule: String?

  @Option(
    help: ArgumentHelp("Steps in which the rate rises from 0.", valueName: "steps"))
  var warmUp: Int?

  @Option(
    help: ArgumentHelp("(default: 0.01 of adamw, 0 of others)", valueName: "decay"))
  var weightDecay: Double?

  @Option(help: ArgumentHelp("Of sgd and rmsprop. (default: 0)", valueName: "share"))
  var momentum: Double?

  @Flag(inversion: .prefixedNo, help: "Nesterov's form of momentum, of sgd.")
  var nesterov: Bool?

  @Option(help: ArgumentHelp("Of adam, adamw and lion. (default: 0.9)", valueName: "share"))
  var beta1: Double?

  @Option(
    help: ArgumentHelp("The same. (default: 0.999, 0.99 of lion)", valueName: "share"))
  var beta2: Double?

  @Option(
    help: ArgumentHelp(
      "Of sgld and preconditioned-sgld. (default: 1 / training rows)", valueName: "t"))
  var temperature: Double?

  @Option(
    help: ArgumentHelp(
      "The greatest norm of the weights into one unit.", valueName: "norm"))
  var maxNorm: Double?

  @Option(
    help: ArgumentHelp("The greatest norm of all gradients together.", valueName: "norm"))
  var clip: Double?

  @Option(
    help: ArgumentHelp(
      "Noise on gradients, such as adding(gaussian:0.01).", valueName: "rule"))
  var gradientNoise: String?

  @Option(
    help: ArgumentHelp(
      "The share of a label that goes to all classes alike. (default: 0)", valueName: "share"))
  var labelSmoothing: Double?

  var settings: OptimizerSettings {
    OptimizerSettings(
      optimizer: optimizer, learningRate: learningRate, weightDecay: weightDecay,
      momentum: momentum, nesterov: nesterov, beta1: beta1, beta2: beta2, temperature: temperature,
      schedule: schedule, warmUp: warmUp, maxNorm: maxNorm, clip: clip,
      gradientNoise: gradientNoise, labelSmoothing: labelSmoothing)
  }
}
