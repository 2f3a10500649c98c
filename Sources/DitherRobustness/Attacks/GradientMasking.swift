public import DitherData
import DitherRuntime
public import NoiseDistributions

/// Whether a classifier's gradients can be trusted: how its accuracy falls under attacks that say so.
///
/// Where a gradient is hidden, by noise, saturation or rounding, attacks by gradient fail and the classifier seems robust. The signs are
/// those of Athalye, Carlini & Wagner 2018, *Obfuscated gradients give a false sense of security*, section 3.1, and Carlini et
/// al. 2019, *On evaluating adversarial robustness*, section 4.
public struct GradientMaskingReport: Hashable, Sendable, CustomStringConvertible {
  /// A sign that gradients are hidden.
  public enum Sign: String, Hashable, Sendable, Codable, CaseIterable {
    /// Random places in the ball break more answers than the attack by gradient.
    case randomNoiseIsStronger
    /// More steps break fewer answers: many than few, or either than one.
    case moreStepsAreWeaker
    /// Under a radius that reaches everywhere, answers stay right.
    case largeRadiusFails
  }

  /// Accuracy under one step to the surface.
  public let oneStepAccuracy: Double
  /// Accuracy under a quarter of the steps, at least 2.
  public let fewStepsAccuracy: Double
  /// Accuracy under all steps.
  public let manyStepsAccuracy: Double
  /// Accuracy under random places.
  public let randomAccuracy: Double
  /// Accuracy under all steps at the large radius.
  public let largeRadiusAccuracy: Double
  /// The large radius.
  public let largeRadius: Float
  /// By how much accuracies may differ, and the last be above 0, before that is a sign.
  public let tolerance: Double
  /// The signs that were seen, in the order of their cases.
  public let signs: [Sign]

  /// Whether a sign was seen: the accuracy under attacks by gradient is no measure of robustness then.
  public var isMasked: Bool { !signs.isEmpty }

  /// A line that says so, with the accuracies.
  public var description: String {
    let warnings = signs.map { sign in
      switch sign {
      case .randomNoiseIsStronger:
        "random noise (\(randomAccuracy)) is stronger than the gradient (\(manyStepsAccuracy))"
      case .moreStepsAreWeaker:
        "more steps are weaker (\(oneStepAccuracy), \(fewStepsAccuracy), \(manyStepsAccuracy))"
      case .largeRadiusFails: "radius \(largeRadius) leaves an accuracy of \(largeRadiusAccuracy)"
      }
    }
    if warnings.isEmpty { return "no sign of masked gradients" }
    return "the gradients seem masked: " + warnings.joined(separator: "; ")
  }
}

/// Attacks a classifier in the ways that tell hidden gradients from robustness.
///
/// All attacks by gradient begin at the samples, and none but that of one step tries the fast gradient's place, so that they differ in
/// their steps alone. A difference of accuracies is a sign where it exceeds the tolerance and no chance: where the rows that one attack
/// breaks and the other does not are on one side so often that fair coins would be with a probability below 0.01 (the two-sided sign
/// test, McNemar's; of fewer than eight such rows they never are). Of four comparisons of attacks that differ by chance alone
/// one is a sign with a probability of at most 0.02.
///
/// ```swift
/// let classifier = NetworkClassifier(model, inputShape: [64])
/// let report = checkGradientMasking(
///   of: classifier, on: data, within: PerturbationBall(.maximum, radius: 0.1, range: 0...1),
///   noise: NoiseStream(seed: 42))
/// print(report)
/// ```
///
/// - Parameters:
///   - classifier: whose gradients are in question.
///   - data: with at least one row, within the ball's range. Data that do not fit the classifier stop the program.
///   - ball: of the attacks, its radius above 0; another stops the program.
///   - steps: of the long attack, at least 4.
///   - tries: random places for each sample, at least 1.
///   - largeRadius: that reaches everywhere, above the ball's. By default the width of the ball's range (in L2 times the root of the
///     number of features), or 16 times the ball's radius where it has no range or that is less.
///   - tolerance: see ``GradientMaskingReport/tolerance``; 0 or more.
///   - mode: how the classifier is used.
///   - noise: as for ``GradientAttack/adversaries(of:labels:against:mode:noise:)``.
///   - batchSize: samples at once, at least 1. It changes no result.
public func checkGradientMasking(
  of classifier: some DifferentiableClassifier, on data: LabelledData,
  within ball: PerturbationBall,
  steps: Int = 40, tries: Int = 100, largeRadius: Float? = nil, tolerance: Double = 0.01,
  mode: InferenceMode = .clean, noise: NoiseStream, batchSize: Int = 256
) -> GradientMaskingReport {
  require(steps >= 4, "checkGradientMasking: steps is \(steps); expected at least 4")
  require(
    ball.radius > 0, "checkGradientMasking: the ball's radius is \(ball.radius); expected above 0")
  require(
    tolerance >= 0, "checkGradientMasking: tolerance is \(tolerance); expected 0 or more")
  let large = largeRadius ?? ball.radiusOfEverything(features: classifier.features)
  require(
    large > ball.radius && large.isFinite,
    "checkGradientMasking: largeRadius is \(large); expected above the ball's, \(ball.radius), and finite"
  )
  func result(_ attack: GradientAttack) -> AttackResult {
    attack.result(against: classifier, on: data, mode: mode, noise: noise, batchSize: batchSize)
  }
  func projected(_ steps: Int, _ ball: PerturbationBall) -> AttackResult {
    var attack = GradientAttack.projected(within: ball, steps: steps, randomStarts: 0)
    attack.triesFastGradient = false
    return result(attack)
  }
  let oneStep = result(.fastGradient(within: ball))
  let fewSteps = projected(max(2, steps / 4), ball)
  let manySteps = projected(steps, ball)
  let random = RandomAttack(within: ball, tries: tries).result(
    against: classifier, on: data, mode: mode, noise: noise, batchSize: batchSize)
  let atLargeRadius = projected(steps, ball.with(radius: large)).robustAccuracy
  func isWeaker(_ attack: AttackResult, than other: AttackResult) -> Bool {
    attack.robustAccuracy > other.robustAccuracy + tolerance
      && breaksFewerBeyondChance(attack, other)
  }
  return GradientMaskingReport(
    oneStepAccuracy: oneStep.robustAccuracy, fewStepsAccuracy: fewSteps.robustAccuracy,
    manyStepsAccuracy: manySteps.robustAccuracy, randomAccuracy: random.robustAccuracy,
    largeRadiusAccuracy: atLargeRadius, largeRadius: large, tolerance: tolerance,
    signs: GradientMaskingReport.Sign.allCases.filter { sign in
      switch sign {
      case .randomNoiseIsStronger: isWeaker(manySteps, than: random)
      case .moreStepsAreWeaker:
        isWeaker(manySteps, than: oneStep) || isWeaker(manySteps, than: fewSteps)
          || isWeaker(fewSteps, than: oneStep)
      case .largeRadiusFails: atLargeRadius > tolerance
      }
    })
}

/// Whether what two attacks break of the same rows differs beyond chance.
private func breaksFewerBeyondChance(_ attack: AttackResult, _ other: AttackResult) -> Bool {
  let pairs = zip(attack.succeeded, other.succeeded)
  let (gains, losses) = (pairs.count { $0 && !$1 }, pairs.count { !$0 && $1 })
  return gains < losses
    && fairCoinProbability(successes: losses, trials: gains + losses) < 0.01
}

extension PerturbationBall {
  fileprivate func radiusOfEverything(features: Int) -> Float {
    let least = 16 * radius
    guard let range else { return least }
    let width = range.upperBound - range.lowerBound
    return max(least, norm == .maximum ? width : width * Float(features).squareRoot())
  }
}
