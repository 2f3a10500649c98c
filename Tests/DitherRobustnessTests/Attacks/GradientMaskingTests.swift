import DitherData
import DitherRobustness
import DitherTensors
import Layers
import NoiseDistributions
import Testing

@Suite("Signs of masked gradients")
struct GradientMaskingTests {
  /// A trained network whose logits are so large that softmax has no slope: its answers are the same.
  private struct Saturated: DifferentiableClassifier {
    let base = TrainedDigits.plain
    var inputShape: [Int] { base.inputShape }
    var classes: Int { base.classes }

    func logits(of inputs: Tensor, _ pass: Pass) -> Tensor { base.logits(of: inputs, pass) * 1e5 }

    func differentiableLogits(
      of inputs: Tensor, _ pass: Pass
    ) -> (logits: Tensor, pullback: (Tensor) -> Tensor) {
      let (logits, pullback) = base.differentiableLogits(of: inputs, pass)
      return (logits * 1e5, { pullback($0 * 1e5) })
    }
  }

  /// One number; class 0 up to 1, class 1 beyond; a gradient that leads back between 0.05 and 0.9.
  private struct Ripple: DifferentiableClassifier {
    let inputShape = [1]
    let classes = 2

    func logits(of inputs: Tensor, _ pass: Pass) -> Tensor {
      inputs.matmul(Tensor(rows: [[0, 1]])) + Tensor([1, 0])
    }

    func differentiableLogits(
      of inputs: Tensor, _ pass: Pass
    ) -> (logits: Tensor, pullback: (Tensor) -> Tensor) {
      let signs = inputs.map { $0 > 0.05 && $0 < 0.9 ? -1 : 1 }
      return (
        logits(of: inputs, pass),
        { gradient in
          signs * gradient.matmul(Tensor(rows: [[0], [1]]))
        }
      )
    }
  }

  private let noise = NoiseStream(seed: 41)

  @Test("A trained network shows none")
  func none() {
    let report = checkGradientMasking(
      of: TrainedDigits.plain, on: TrainedDigits.test,
      within: PerturbationBall(.maximum, radius: 0.15, range: 0...1), steps: 20, tries: 20,
      noise: noise)
    #expect(!report.isMasked && report.signs.isEmpty, "\(report)")
    #expect(report.description == "no sign of masked gradients")
    #expect(report.largeRadiusAccuracy == 0 && report.largeRadius == 2.4)
    #expect(report.manyStepsAccuracy < report.randomAccuracy - 0.2)
  }

  @Test(
    "Saturated logits: random noise is stronger than the gradient, and a large radius does not help it"
  )
  func saturated() {
    let ball = PerturbationBall(.maximum, radius: 0.35, range: 0...1)
    let report = checkGradientMasking(
      of: Saturated(), on: TrainedDigits.test, within: ball, steps: 8, tries: 40, noise: noise)
    #expect(report.signs == [.randomNoiseIsStronger, .largeRadiusFails], "\(report)")
    #expect(report.isMasked)
    #expect(report.description.hasPrefix("the gradients seem masked: random noise ("))
    // The same network without the saturation breaks.
    let plain = checkGradientMasking(
      of: TrainedDigits.plain, on: TrainedDigits.test, within: ball, steps: 8, tries: 40,
      noise: noise)
    #expect(!plain.isMasked && plain.manyStepsAccuracy < report.randomAccuracy, "\(plain)")
  }

  @Test("A ripple that one step leaps over: more steps are weaker")
  func ripple() {
    let data = LabelledData(
      inputs: Tensor(zeros: [8, 1]), labels: Array(repeating: 0, count: 8), classes: 2,
      name: "ripple")
    let report = checkGradientMasking(
      of: Ripple(), on: data, within: PerturbationBall(.maximum, radius: 1.5), noise: noise)
    #expect(report.oneStepAccuracy == 0 && report.manyStepsAccuracy == 1)
    #expect(report.signs.contains(.moreStepsAreWeaker), "\(report)")
    #expect(!report.signs.contains(.largeRadiusFails))
    // Seven rows that differ all to one side may be chance: of fair coins, with the probability 2⁻⁶.
    let few = checkGradientMasking(
      of: Ripple(), on: data.subset(Array(0..<7)), within: PerturbationBall(.maximum, radius: 1.5),
      noise: noise)
    #expect(few.oneStepAccuracy == 0 && few.manyStepsAccuracy == 1)
    #expect(!few.signs.contains(.moreStepsAreWeaker))
  }

  @Test(
    "A noisy network whose gradient is asked for one draw at a time is weaker to attack than by the mean over draws"
  )
  func expectationMatters() {
    let classifier = NoisyScore(weight: [0.6, -0.3, 0.5, 0.2, -0.4, 0.3], standardDeviation: 4)
    let draws = NoiseStream(seed: 5).draws(
      from: Gaussian(standardDeviation: 0.01), site: "x", rows: 200, columns: 6)
    // Near 0, where the logits are small and the gradient is the weight with its noise.
    let points = Tensor(draws, shape: [200, 6])
    let linear = LinearScore(weight: classifier.weight)
    let labels = (0..<200).map { linear.distance(points.rows($0..<$0 + 1).scalars) > 0 ? 1 : 0 }
    // How far towards the hyperplane one step of the attack goes, of the greatest distance.
    func progress(_ draws: Int) -> Double {
      let moved = GradientAttack.fastGradient(within: PerturbationBall(.euclidean, radius: 0.5))
        .adversaries(
          of: points, labels: labels, against: classifier, mode: .sampled(draws: draws),
          noise: noise)
      return (0..<200).reduce(0) { sum, row in
        let range = row..<row + 1
        let change =
          linear.distance(moved.rows(range).scalars) - linear.distance(points.rows(range).scalars)
        return sum + (labels[row] == 1 ? -change : change) / (200 * 0.5)
      }
    }
    let (one, many) = (progress(1), progress(200))
    // The mean cosine is 0.10 with one draw, 0.83 with 200, with deviations of 0.40 and 0.11 a row (NumPy): over 200 rows the
    // difference is below 0.5 with a probability of 10⁻¹⁴.
    #expect(many > one + 0.5, "\(one), \(many)")
  }
}
