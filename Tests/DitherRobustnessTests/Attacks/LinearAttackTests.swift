import DitherData
import DitherRobustness
import DitherTensors
import Layers
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
    "Within a range the fast gradient goes on along the features that have room, and a place is moved to the nearest: SciPy's (SLSQP, to 10⁻⁷)"
  )
  func range() {
    let linear = LinearScore(weight: [3, -4, 0.5, 2, -1])
    let samples = Tensor(rows: [
      [0.1, 0.2, 0.5, 0.95, 0], [0, 0.6, 1, 0.5, 0.3], [0.9, 0.05, 0.2, 1, 0.7],
    ])
    // Of radius 0.3, then 0.8: where w·x is greatest, and the nearest to x + 2ε·w / ‖w‖.
    let references: [(radius: Float, fast: [[Double]], nearest: [[Double]])] = [
      (
        0.3,
        [
          [0.3149796, 0, 0.5358299, 1, 0], [0.1643168, 0.380911, 1, 0.6095445, 0.2452277],
          [1, 0, 0.324499, 1, 0.451002],
        ],
        [
          [0.3149796, 0, 0.5358299, 1, 0], [0.1643168, 0.380911, 1, 0.6095445, 0.2452277],
          [1, 0, 0.2545455, 1, 0.5909091],
        ]
      ),
      (
        0.8,
        [
          [0.862464, 0, 0.6270774, 1, 0], [0.438178, 0.0157626, 1, 0.7921187, 0.1539406],
          [1, 0, 0.5708099, 1, 0],
        ],
        [
          [0.862464, 0, 0.6270773, 1, 0], [0.438178, 0.0157626, 1, 0.7921187, 0.1539407],
          [1, 0, 0.3454545, 1, 0.4090909],
        ]
      ),
    ]
    for (radius, fast, nearest) in references {
      let ball = PerturbationBall(.euclidean, radius: radius, range: 0...1)
      let recorder = Recorder()
      let received = GradientAttack(within: ball, steps: 1, stepSize: 2 * radius).adversaries(
        of: samples, labels: [0, 0, 0],
        against: RecordedClassifier(base: linear, recorder: recorder), noise: NoiseStream(seed: 1))
      // After the samples and the fast gradient's places.
      let stepped = Tensor(recorder.values, shape: [9, 5]).rows(6..<9)
      let one = GradientAttack.fastGradient(within: ball).adversaries(
        of: samples, labels: [0, 0, 0], against: linear, noise: NoiseStream(seed: 1))
      #expect(one == received)
      for row in 0..<3 {
        for column in 0..<5 {
          #expect(abs(Double(one[row, column]) - fast[row][column]) < 2e-7)
          #expect(abs(Double(stepped[row, column]) - nearest[row][column]) < 2e-7)
        }
      }
    }
    let corner = GradientAttack.fastGradient(
      within: PerturbationBall(.euclidean, radius: 1, range: 0...1)
    ).adversaries(
      of: Tensor(zeros: [1, 2]), labels: [0], against: LinearScore(weight: [3, -4]),
      noise: NoiseStream(seed: 1))
    #expect(abs(corner[0, 0] - 1) < 1e-6 && corner[0, 1] == 0)
  }

  @Test("Where a gradient is not finite nothing moves in L2", arguments: [Float.nan, .infinity])
  func gradientThatIsNotFinite(_ slope: Float) {
    let classifier = BrokenGradient(slope: slope)
    let inputs = Tensor([0.5, 0.5, 0.5], shape: [1, 3])
    for range in [nil, 0...1] as [ClosedRange<Float>?] {
      let ball = PerturbationBall(.euclidean, radius: 0.1, range: range)
      for attack in [
        GradientAttack.fastGradient(within: ball),
        .projected(within: ball, steps: 3, randomStarts: 0),
      ] {
        let moved = attack.adversaries(
          of: inputs, labels: [0], against: classifier, noise: NoiseStream(seed: 2))
        #expect(moved == inputs)
      }
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

/// Finite logits, and a gradient that is not: that of a square root at 0, or of one that overflows.
private struct BrokenGradient: DifferentiableClassifier {
  let slope: Float
  let inputShape = [3]
  let classes = 2

  func logits(of inputs: Tensor, _ pass: Pass) -> Tensor {
    inputs.matmul(Tensor([1, 0, 1, 0, 0, 1], shape: [3, 2]))
  }

  func differentiableLogits(
    of inputs: Tensor, _ pass: Pass
  ) -> (logits: Tensor, pullback: (Tensor) -> Tensor) {
    (logits(of: inputs, pass), { _ in Tensor([slope, 2, -1], shape: [1, 3]) })
  }
}
