import DitherData
import DitherRobustness
import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

@Suite("Attacks on trained networks")
struct NetworkAttackTests {
  private let test = TrainedDigits.test
  private let noise = NoiseStream(seed: 31)

  @Test(
    "More steps break at least as many answers as one, both more than random places; a larger radius breaks more",
    arguments: PerturbationBall.Norm.allCases, [InferenceMode.clean, .sampled(draws: 4)])
  func strength(norm: PerturbationBall.Norm, mode: InferenceMode) {
    let classifier = mode == .clean ? TrainedDigits.plain : TrainedDigits.noisy
    func accuracy(_ radius: Float) -> (one: Double, many: Double, random: Double) {
      let ball = PerturbationBall(
        norm, radius: norm == .maximum ? radius : 6 * radius, range: 0...1)
      func result(_ attack: GradientAttack) -> Double {
        attack.result(against: classifier, on: test, mode: mode, noise: noise).robustAccuracy
      }
      return (
        result(.fastGradient(within: ball)), result(.projected(within: ball, steps: 15)),
        RandomAttack(within: ball, tries: 10).result(
          against: classifier, on: test, mode: mode, noise: noise
        ).robustAccuracy
      )
    }
    let (small, large) = (accuracy(0.1), accuracy(0.2))
    // Near 0 the answers of a noisy network, of four draws, say more of their draws: three rows of the hundred.
    let tolerance = mode == .clean ? 0 : 0.03
    for accuracy in [small, large] {
      #expect(
        accuracy.many <= accuracy.one + tolerance && accuracy.one < accuracy.random, "\(accuracy)")
    }
    #expect(large.many < small.many && small.random > 0.8)
  }

  @Test(
    "Of each row PGD's margin is at least that of the row where it began, and the mean at least FGSM's"
  )
  func margins() {
    let ball = PerturbationBall(.maximum, radius: 0.1, range: 0...1)
    func margins(_ x: Tensor) -> [Float] {
      let logits = TrainedDigits.plain.logits(of: x, .inference)
      return test.labels.enumerated().map { row, label in
        (0..<10).filter { $0 != label }.map { logits[row, $0] }.max()! - logits[row, label]
      }
    }
    func moved(_ attack: GradientAttack) -> [Float] {
      margins(
        attack.adversaries(
          of: test.inputs, labels: test.labels, against: TrainedDigits.plain, noise: noise))
    }
    let one = moved(.fastGradient(within: ball))
    let many = moved(.projected(within: ball, steps: 15, randomStarts: 0))
    let started = moved(.projected(within: ball, steps: 15, randomStarts: 1))
    let startedMore = moved(.projected(within: ball, steps: 15, randomStarts: 3))
    #expect(zip(many, margins(test.inputs)).allSatisfy { $0 >= $1 })
    #expect(many.reduce(0, +) > one.reduce(0, +))
    // The first of three starts is the one start.
    #expect(zip(startedMore, started).allSatisfy { $0 >= $1 })
    #expect(startedMore != started)
  }

  @Test("Bits depend neither on threads and instruction set nor on batches", arguments: [3, 64])
  func bits(batchSize: Int) {
    let data = test.subset(Array(0..<20))
    let ball = PerturbationBall(.euclidean, radius: 0.5, range: 0...1)
    func run(_ batchSize: Int, mode: InferenceMode) -> [Float] {
      GradientAttack.projected(within: ball, steps: 4).result(
        against: TrainedDigits.noisy, on: data, mode: mode, noise: noise, batchSize: batchSize
      ).inputs.scalars
    }
    for mode in [InferenceMode.clean, .sampled(draws: 3)] {
      let expected = run(20, mode: mode)
      #expect(!sameBits(expected, data.inputs.scalars))
      expectSameBits(of: { run(batchSize, mode: mode) })
      #expect(sameBits(run(batchSize, mode: mode), expected))
    }
    // So do random tries.
    func tries(_ batchSize: Int) -> [Float] {
      RandomAttack(within: ball, tries: 3).result(
        against: TrainedDigits.noisy, on: data, mode: .sampled(draws: 2), noise: noise,
        batchSize: batchSize
      ).inputs.scalars
    }
    #expect(sameBits(tries(batchSize), tries(20)))
  }

  @Test("The gradient that is followed is the mean over draws, of which the answers' are none")
  func expectation() {
    let classifier = NoisyScore(weight: [1, -0.5, 0.25], standardDeviation: 3)
    // At 0 all logits are 0, so that each draw's gradient has the same length of slope.
    let x = Tensor(zeros: [2, 3])
    let (draws, stream) = (256, noise.at(step: 7))
    let moved = GradientAttack.fastGradient(within: PerturbationBall(.euclidean, radius: 1))
      .adversaries(
        of: x, labels: [0, 0], against: classifier, mode: .sampled(draws: draws), noise: stream)
    for row in 0..<2 {
      var mean = [0.0, 0, 0]
      for draw in 0..<draws {
        let weights = classifier.weights(stream.at(step: 7 + draws + draw), rows: 2)
        for column in 0..<3 { mean[column] += Double(weights[row, column]) / Double(draws) }
      }
      let norm = mean.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
      for column in 0..<3 {
        #expect(abs(Double(moved[row, column]) - mean[column] / norm) < 1e-5)
      }
    }
  }

  @Test("Two streams give two attacks, one stream one")
  func streams() {
    let ball = PerturbationBall(.maximum, radius: 0.1, range: 0...1)
    func moved(_ seed: UInt64) -> Tensor {
      GradientAttack.projected(within: ball, steps: 2).adversaries(
        of: test.inputs, labels: test.labels, against: TrainedDigits.plain,
        noise: NoiseStream(seed: seed))
    }
    #expect(moved(1).isBitwiseEqual(to: moved(1)) && moved(1) != moved(2))
  }
}
