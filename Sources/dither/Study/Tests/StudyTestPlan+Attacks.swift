import DitherRobustness
import Foundation

// What can be proved, and what an adversary can do.
extension StudyTestPlan {
  private static let certificateDraws = 1000
  private static let failureProbability = 0.001
  private static let steps = 20
  /// Of the unit, in L∞.
  private static let radii: [Float] = [0, 0.05, 0.1, 0.2, 0.3, 0.4]

  func certificates(of classifier: some Classifier) -> StudyReport.Certificates {
    let deviation = 0.5 * unit
    let smoothed = RandomizedSmoothing(
      of: classifier, standardDeviation: deviation, noise: stream(.certificates))
    let certified = smoothed.certify(
      self.certified, draws: Self.certificateDraws, failureProbability: Self.failureProbability)
    let radii = (0...10).map { Double(shortest: twoDigits(Float($0) * 0.25 * deviation)) }
    return StudyReport.Certificates(
      standardDeviation: Double(shortest: deviation), draws: Self.certificateDraws,
      failureProbability: Self.failureProbability, rows: self.certified.count,
      points: radii.map {
        StudyReport.RadiusPoint(
          radius: $0, accuracy: .init(certified.accuracy(at: $0), certified.interval(at: $0)))
      }, averageRadius: certified.averageRadius, abstentionRate: certified.abstentionRate)
  }

  func attacks(on classifier: some DifferentiableClassifier) -> [StudyReport.Attack] {
    [("FGSM", 1), ("PGD", Self.steps)].map { name, steps in
      let points = Self.radii.map { factor in
        let ball = PerturbationBall(.maximum, radius: twoDigits(factor * unit), range: range)
        let attack =
          steps == 1
          ? GradientAttack.fastGradient(within: ball)
          : GradientAttack.projected(within: ball, steps: steps)
        let result = attack.result(against: classifier, on: attacked, noise: stream(.attacks))
        return StudyReport.RadiusPoint(
          radius: Double(shortest: ball.radius),
          accuracy: .init(result.robustAccuracy, result.robustAccuracyInterval()))
      }
      return StudyReport.Attack(
        name: name, norm: "L∞", steps: steps, rows: attacked.count, points: points)
    }
  }

  func gradientMasking(
    of classifier: some DifferentiableClassifier
  ) -> StudyReport.GradientMasking {
    let ball = PerturbationBall(.maximum, radius: twoDigits(0.2 * unit), range: range)
    let report = checkGradientMasking(
      of: classifier, on: attacked, within: ball, steps: Self.steps, tries: 20,
      noise: stream(.masking))
    return StudyReport.GradientMasking(
      radius: Double(shortest: ball.radius), oneStepAccuracy: report.oneStepAccuracy,
      fewStepsAccuracy: report.fewStepsAccuracy,
      manyStepsAccuracy: report.manyStepsAccuracy, randomAccuracy: report.randomAccuracy,
      largeRadius: Double(shortest: report.largeRadius),
      largeRadiusAccuracy: report.largeRadiusAccuracy, warnings: report.signs.map(\.sentence))
  }
}

extension GradientMaskingReport.Sign {
  fileprivate var sentence: String {
    switch self {
    case .randomNoiseIsStronger:
      "Random places in the ball break more answers than the attack by gradient: the gradient may be hidden, and the accuracy under attack is too high."
    case .moreStepsAreWeaker:
      "More steps break fewer answers than few: the gradient may be hidden, and the accuracy under attack is too high."
    case .largeRadiusFails:
      "At a radius that reaches everywhere answers stay right: the gradient may be hidden, and the accuracy under attack is too high."
    }
  }
}
