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
    "PGD breaks every row that FGSM breaks, and more rows; both more than random places; a larger radius breaks more",
    arguments: PerturbationBall.Norm.allCases, [InferenceMode.clean, .sampled(draws: 4)])
  func strength(norm: PerturbationBall.Norm, mode: InferenceMode) {
    let classifier = mode == .clean ? TrainedDigits.plain : TrainedDigits.noisy
    func broken(_ radius: Float) -> (one: [Bool], many: [Bool], random: [Bool]) {
      let ball = PerturbationBall(
        norm, radius: norm == .maximum ? radius : 6 * radius, range: 0...1)
      func result(_ attack: GradientAttack) -> [Bool] {
        attack.result(against: classifier, on: test, mode: mode, noise: noise).succeeded
      }
      let one = result(.fastGradient(within: ball))
      let many = result(.projected(within: ball, steps: 15))
      for attack in [many, result(.projected(within: ball, steps: 3, randomStarts: 0))] {
        #expect(zip(one, attack).allSatisfy { !$0 || $1 }, "radius \(radius)")
      }
      let random = RandomAttack(within: ball, tries: 10).result(
        against: classifier, on: test, mode: mode, noise: noise)
      return (one, many, random.succeeded)
    }
    func count(_ broken: [Bool]) -> Int { broken.count { $0 } }
    let (small, large) = (broken(0.1), broken(0.2))
    for broken in [small, large] {
      #expect(count(broken.many) >= count(broken.one) && count(broken.one) > count(broken.random))
    }
    #expect(count(small.many) + count(large.many) > count(small.one) + count(large.one))
    #expect(count(large.many) > count(small.many) && count(small.random) < 20)
  }

  @Test(
    "Of each row PGD's margin is at least FGSM's, and that at least the margin of the row where it began"
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
    #expect(zip(one, margins(test.inputs)).allSatisfy { $0 >= $1 })
    #expect(zip(many, one).allSatisfy { $0 >= $1 } && many != one)
    // Runs of random starts come after that from the sample, and the first of three starts is the one start.
    #expect(zip(started, many).allSatisfy { $0 >= $1 } && started != many)
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
