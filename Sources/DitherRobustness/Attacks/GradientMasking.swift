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
  public var signs: [Sign] {
    Sign.allCases.filter { sign in
      switch sign {
      case .randomNoiseIsStronger: randomAccuracy < manyStepsAccuracy - tolerance
      case .moreStepsAreWeaker:
        manyStepsAccuracy > min(oneStepAccuracy, fewStepsAccuracy) + tolerance
          || fewStepsAccuracy > oneStepAccuracy + tolerance
      case .largeRadiusFails: largeRadiusAccuracy > tolerance
      }
    }
  }

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
/// All attacks by gradient begin at the samples, so that they differ in their steps alone.
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
  func accuracy(_ attack: GradientAttack) -> Double {
    attack.result(against: classifier, on: data, mode: mode, noise: noise, batchSize: batchSize)
      .robustAccuracy
  }
  func projected(_ steps: Int, _ ball: PerturbationBall) -> Double {
    accuracy(.projected(within: ball, steps: steps, randomStarts: 0))
  }
  let random = RandomAttack(within: ball, tries: tries).result(
    against: classifier, on: data, mode: mode, noise: noise, batchSize: batchSize)
  return GradientMaskingReport(
    oneStepAccuracy: accuracy(.fastGradient(within: ball)),
    fewStepsAccuracy: projected(max(2, steps / 4), ball),
    manyStepsAccuracy: projected(steps, ball), randomAccuracy: random.robustAccuracy,
    largeRadiusAccuracy: projected(steps, ball.with(radius: large)), largeRadius: large,
    tolerance: tolerance)
}

extension PerturbationBall {
  fileprivate func radiusOfEverything(features: Int) -> Float {
    let least = 16 * radius
    guard let range else { return least }
    let width = range.upperBound - range.lowerBound
    return max(least, norm == .maximum ? width : width * Float(features).squareRoot())
  }
}
