import DitherData
import DitherRobustness
import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

@Suite("Classifiers")
struct ClassifierTests {
  private let noise = NoiseStream(seed: 61)

  private func makeNetwork() -> Sequential {
    Sequential(seed: 3) {
      Linear(inputs: 64, outputs: 16).noise(.adding(Gaussian(standardDeviation: 0.3)), on: .input)
      BatchNorm(features: 16)
      ReLU()
      Linear(inputs: 16, outputs: 10)
    }
  }

  private let ball = PerturbationBall(.maximum, radius: 0.1, range: 0...1)

  @Test("A network's logits are its own, and its parameters get no gradient and no change")
  func snapshot() {
    let (network, data) = (makeNetwork(), TrainedDigits.test)
    let classifier = NetworkClassifier(network, inputShape: [64])
    #expect(classifier.classes == 10 && classifier.inputShape == [64])
    #expect(
      classifier.logits(of: data.inputs, .inference).isBitwiseEqual(to: network(data.inputs)))
    let sampled = network.forward(data.inputs, .sampling(noise)).output
    #expect(classifier.logits(of: data.inputs, .sampling(noise)).isBitwiseEqual(to: sampled))
    let versions = network.parameters.map(\.version)
    let result = GradientAttack.projected(within: ball, steps: 2).result(
      against: classifier, on: data, mode: .sampled(draws: 2), noise: noise)
    #expect(result.inputs != data.inputs)
    #expect(network.parameters.allSatisfy { !$0.hasGradient })
    #expect(network.parameters.map(\.version) == versions)
    // It is a snapshot.
    let before = classifier.logits(of: data.inputs, .inference)
    network.parameters[0].value *= 2
    #expect(classifier.logits(of: data.inputs, .inference).isBitwiseEqual(to: before))
    #expect(network(data.inputs) != before)
  }

  @Test("The gradient of an input is that which the network's pullback gives")
  func gradient() {
    let (network, x) = (makeNetwork(), TrainedDigits.test.inputs)
    let classifier = NetworkClassifier(network, inputShape: [64])
    for pass in [
      Pass.withoutNoise(gradients: .input), .sampling(noise.at(step: 2), gradients: .input),
    ] {
      let (logits, pullback) = classifier.differentiableLogits(of: x, pass)
      let (expected, expectedPullback) = network.forward(x, pass)
      #expect(logits.isBitwiseEqual(to: expected))
      #expect(pullback(logits).isBitwiseEqual(to: expectedPullback(logits)!))
    }
  }

  @Test(
    "Several tasks use one classifier at once, and get the bits that they get one after the other")
  func tasks() async {
    let classifier = NetworkClassifier(makeNetwork(), inputShape: [64])
    let data = TrainedDigits.test.subset(Array(0..<20))
    @Sendable func run(_ seed: UInt64) -> [Float] {
      GradientAttack.projected(within: ball, steps: 3).result(
        against: classifier, on: data, mode: .sampled(draws: 2), noise: NoiseStream(seed: seed)
      ).inputs.scalars
    }
    let expected = (0..<8).map { run(UInt64($0)) }
    await withTaskGroup(of: (Int, [Float]).self) { group in
      for number in 0..<8 { group.addTask { (number, run(UInt64(number))) } }
      for await (number, values) in group {
        #expect(sameBits(values, expected[number]), "task \(number)")
      }
    }
  }

  @Test(
    "A closure is a classifier, with samples of any shape: what is moved keeps the shape of the inputs"
  )
  func closure() {
    let frozen = makeNetwork().frozen()
    let images = ClassifierFunction(inputShape: [8, 8], classes: 10) { inputs, pass in
      frozen(inputs.reshaped(to: [inputs.shape[0], 64]), pass)
    }
    let rows = NetworkClassifier(makeNetwork(), inputShape: [64])
    let (x, labels) = (TrainedDigits.test.inputs, TrainedDigits.test.labels)
    let attack = RandomAttack(within: ball, tries: 3)
    let expected = attack.adversaries(of: x, labels: labels, against: rows, noise: noise)
    let moved = attack.adversaries(
      of: x.reshaped(to: [100, 8, 8]), labels: labels, against: images, noise: noise)
    #expect(moved.shape == [100, 8, 8] && expected.shape == [100, 64])
    #expect(moved.reshaped(to: [100, 64]).isBitwiseEqual(to: expected))
    let matrix = attack.adversaries(of: x, labels: labels, against: images, noise: noise)
    #expect(matrix.isBitwiseEqual(to: expected))
  }

  @Test(
    "Answers with noise are those of the mean probability, which one draw's logits need not give")
  func sampledAnswers() {
    // Every third draw says class 0 by far, the others class 1 by little.
    let classifier = ClassifierFunction(inputShape: [1], classes: 2) { inputs, pass in
      let isThird = (pass.noise?.step ?? 0) % 3 == 0
      return Tensor(isThird ? [30, 0] : [0, 2], shape: [1, 2]).broadcast(to: [inputs.shape[0], 2])
    }
    let data = LabelledData(
      inputs: Tensor(zeros: [3, 1]), labels: [1, 1, 1], classes: 2, name: "x")
    let attack = RandomAttack(within: PerturbationBall(.maximum, radius: 0), tries: 1)
    // Mean logits (10, 4/3); mean probabilities (0.41, 0.59).
    let result = attack.result(
      against: classifier, on: data, mode: .sampled(draws: 3), noise: NoiseStream(seed: 1))
    #expect(result.cleanAnswers == [1, 1, 1])
    let one = attack.result(
      against: classifier, on: data, mode: .sampled(draws: 1), noise: NoiseStream(seed: 1))
    #expect(one.cleanAnswers == [0, 0, 0])
  }
}
