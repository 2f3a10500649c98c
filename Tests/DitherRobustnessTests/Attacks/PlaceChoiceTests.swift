import DitherData
import DitherRobustness
import DitherTensors
import Layers
import NoiseDistributions
import Testing

/// One number, two classes. Up to 0 one draw in three says class 0 by far and two say class 1 by little, so that the greatest mean
/// logit is class 0's and the greatest mean probability class 1's; beyond 0 all draws say class 0.
private struct Swayed: DifferentiableClassifier {
  let inputShape = [1]
  let classes = 2

  func logits(of inputs: Tensor, _ pass: Pass) -> Tensor {
    let saysMuch = (pass.noise?.step ?? 0) % 3 == 0
    return Tensor(
      inputs.scalars.flatMap { $0 > 0 ? [1, 0] as [Float] : saysMuch ? [30, 0] : [0, 2] },
      shape: [inputs.shape[0], 2])
  }

  /// Leads upwards.
  func differentiableLogits(
    of inputs: Tensor, _ pass: Pass
  ) -> (logits: Tensor, pullback: (Tensor) -> Tensor) {
    (logits(of: inputs, pass), { $0.matmul(Tensor(rows: [[1], [0]])) })
  }
}

@Suite("Attacks judge the places that they come by as the answer does")
struct PlaceChoiceTests {
  private let noise = NoiseStream(seed: 61)

  @Test(
    "A place that breaks the mean probability's answer comes before one of a greater mean logit")
  func swayed() {
    let data = LabelledData(
      inputs: Tensor(repeating: -0.1, shape: [50, 1]), labels: Array(repeating: 1, count: 50),
      classes: 2, name: "swayed")
    let ball = PerturbationBall(.maximum, radius: 1)
    let mode = InferenceMode.sampled(draws: 3)
    let random = RandomAttack(within: ball, tries: 40).result(
      against: Swayed(), on: data, mode: mode, noise: noise)
    #expect(random.cleanAccuracy == 1 && random.robustAccuracy == 0)
    #expect(random.inputs.scalars.allSatisfy { $0 > 0 })
    for attack in [GradientAttack.fastGradient(within: ball), .projected(within: ball, steps: 5)] {
      let result = attack.result(against: Swayed(), on: data, mode: mode, noise: noise)
      #expect(result.cleanAccuracy == 1 && result.robustAccuracy == 0)
    }
  }

  @Test("Of a network with noise a row is answered rightly only if none of its places breaks it")
  func everyPlace() {
    let recorder = Recorder()
    let (data, tries, draws) = (TrainedDigits.test, 8, 3)
    let mode = InferenceMode.sampled(draws: draws)
    let ball = PerturbationBall(.maximum, radius: 0.2, range: 0...1)
    _ = RandomAttack(within: ball, tries: tries).adversaries(
      of: data.inputs, labels: data.labels, against: recorder.recording(TrainedDigits.noisy),
      mode: mode, noise: noise)
    let result = RandomAttack(within: ball, tries: tries).result(
      against: TrainedDigits.noisy, on: data, mode: mode, noise: noise)
    /// What is answered right at some places of the rows.
    func isRight(_ places: Tensor) -> [Bool] {
      let data = LabelledData(
        inputs: places, labels: data.labels, classes: 10, name: "places")
      let standing = RandomAttack(within: ball.with(radius: 0), tries: 1).result(
        against: TrainedDigits.noisy, on: data, mode: mode, noise: noise)
      return zip(standing.cleanAnswers, data.labels).map { $0 == $1 }
    }
    var survives = isRight(data.inputs)
    let visited = recorder.values
    #expect(visited.count == tries * draws * data.count * 64)
    for number in 0..<tries {
      let first = number * draws * data.count * 64
      let places = Tensor(
        Array(visited[first..<first + data.count * 64]), shape: [data.count, 64])
      for (row, isRight) in isRight(places).enumerated() where !isRight { survives[row] = false }
    }
    #expect(zip(result.answers, data.labels).map { $0 == $1 } == survives)
    #expect(survives.contains(true) && result.succeeded.contains(true))
  }

  @Test(
    "Where all draws are surer than a Float's probabilities, the place nearest to another answer is found"
  )
  func sure() {
    let classifier = ClassifierFunction(inputShape: [1], classes: 2) { inputs, _ in
      Tensor(inputs.scalars.flatMap { [0, 600 - 400 * $0] }, shape: [inputs.shape[0], 2])
    }
    let moved = RandomAttack(within: PerturbationBall(.maximum, radius: 0.5), tries: 60)
      .adversaries(
        of: Tensor(zeros: [3, 1]), labels: [1, 1, 1], against: classifier,
        mode: .sampled(draws: 2), noise: noise)
    // Of 30 corners none is the right one with the probability 2⁻³⁰ a row.
    #expect(moved.scalars == [0.5, 0.5, 0.5])
  }
}
