import DitherData
import DitherRobustness
import DitherTensors
import NoiseDistributions
import Testing

@Suite("On a linear classifier attacks are known in closed form")
struct LinearAttackTests {
  private let linear = LinearScore(weight: [0.5, -2, 0, 1, 0.25], bias: 0.05)
  private let inputs = Tensor(rows: [[0.1, 0.2, 0.3, 0.4, 0.5], [-0.3, 0.1, 0, -0.2, 0.9]])

  private func scores(_ x: Tensor) -> [Double] {
    (0..<2).map { row in
      let x = x.rows(row..<row + 1).scalars
      return zip(linear.weight, x).reduce(0.05) { $0 + Double($1.0) * Double($1.1) }
    }
  }

  // Class 1 is attacked by less score, class 0 by more.
  private let labels = [1, 0]
  private let signs = [-1.0, 1.0]

  @Test(
    "FGSM is x − ε·sign(w) of class 1 and x + ε·sign(w) of class 0: the score moves by ε·‖w‖₁, and no attack does more"
  )
  func maximumNorm() {
    let ball = PerturbationBall(.maximum, radius: 0.1)
    let noise = NoiseStream(seed: 6)
    let fast = GradientAttack.fastGradient(within: ball).adversaries(
      of: inputs, labels: labels, against: linear, noise: noise)
    for row in 0..<2 {
      for (column, weight) in linear.weight.enumerated() {
        let sign: Float = weight > 0 ? 1 : weight < 0 ? -1 : 0
        let expected = inputs[row, column] + Float(signs[row]) * 0.1 * sign
        #expect(abs(fast[row, column] - expected) <= expected.ulp, "row \(row), column \(column)")
      }
    }
    let (before, after) = (scores(inputs), scores(fast))
    let others = [
      GradientAttack.projected(within: ball, steps: 10, randomStarts: 3).adversaries(
        of: inputs, labels: labels, against: linear, noise: noise),
      RandomAttack(within: ball, tries: 200).adversaries(
        of: inputs, labels: labels, against: linear, noise: noise),
    ].map(scores)
    for row in 0..<2 {
      let gain = signs[row] * (after[row] - before[row])
      #expect(abs(gain - 0.1 * 3.75) < 1e-6)
      for other in others { #expect(signs[row] * (other[row] - before[row]) <= gain + 1e-6) }
      // And PGD comes as far.
      #expect(abs(signs[row] * (others[0][row] - before[row]) - gain) < 1e-6)
    }
  }

  @Test("In L2 it is x ± ε·w / ‖w‖: the score moves by ε·‖w‖, and no attack does more")
  func euclidean() {
    let ball = PerturbationBall(.euclidean, radius: 0.2)
    let noise = NoiseStream(seed: 7)
    let norm = linear.weight.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    let fast = GradientAttack.fastGradient(within: ball).adversaries(
      of: inputs, labels: labels, against: linear, noise: noise)
    let random = RandomAttack(within: ball, tries: 200).adversaries(
      of: inputs, labels: labels, against: linear, noise: noise)
    let (before, after, others) = (scores(inputs), scores(fast), scores(random))
    for row in 0..<2 {
      for (column, weight) in linear.weight.enumerated() {
        let expected = Double(inputs[row, column]) + signs[row] * 0.2 * Double(weight) / norm
        #expect(abs(Double(fast[row, column]) - expected) < 1e-7)
      }
      let gain = signs[row] * (after[row] - before[row])
      #expect(abs(gain - 0.2 * norm) < 1e-6)
      #expect(signs[row] * (others[row] - before[row]) <= gain)
      // Of 100 directions in five dimensions and 100 places in the ball none goes 0.55 of the way with a probability of
      // I₀.₇₇₅(2, 2)¹⁰⁰ · I₀.₇₇₅(3, 3)¹⁰⁰ = 2.7 · 10⁻¹⁰.
      #expect(signs[row] * (others[row] - before[row]) > 0.55 * gain)
    }
  }

  @Test(
    "A linear classifier's robust accuracy is the share of rows further from the hyperplane than the radius"
  )
  func robustAccuracy() {
    let draws = NoiseStream(seed: 8).draws(
      from: Gaussian(standardDeviation: 0.5), site: "points", rows: 500, columns: 5)
    let points = Tensor(draws, shape: [500, 5])
    let distances = (0..<500).map { linear.distance(points.rows($0..<$0 + 1).scalars) }
    // Every tenth row has the other class.
    let labels = (0..<500).map { (distances[$0] > 0) != ($0 % 10 == 0) ? 1 : 0 }
    let data = LabelledData(inputs: points, labels: labels, classes: 2, name: "points")
    let result = GradientAttack.projected(
      within: PerturbationBall(.euclidean, radius: 0.25), steps: 20, randomStarts: 0
    ).result(against: linear, on: data, noise: NoiseStream(seed: 9))
    #expect(result.cleanAccuracy == 0.9)
    let robust = (0..<500).map { $0 % 10 != 0 && abs(distances[$0]) > 0.25 }
    #expect(result.robustAccuracy == Double(robust.count { $0 }) / 500)
    #expect(result.robustAccuracy > 0.4 && result.robustAccuracy < 0.8)
    #expect(result.succeeded == (0..<500).map { $0 % 10 != 0 && !robust[$0] })
    #expect(
      result.robustAccuracyInterval(confidence: 0.9)
        == ClopperPearson.interval(
          successes: robust.count { $0 }, trials: 500, confidence: 0.9))
    // Rows that were wrong before stay as they were.
    for row in stride(from: 0, to: 500, by: 10) {
      #expect(result.inputs.rows(row..<row + 1) == points.rows(row..<row + 1))
    }
  }
}
