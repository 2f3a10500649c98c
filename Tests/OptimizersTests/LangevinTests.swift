import DitherRuntime
import DitherTensors
import NoiseDistributions
import Optimizers
import TestSupport
import Testing

private let stream = NoiseStream(seed: 9)

/// What each of these optimizers is made with.
private enum Sampler: CaseIterable, Sendable {
  case plain, preconditioned

  func make(
    _ parameters: [Parameter], learningRate: Double = 0.01, temperature: Double,
    noise: NoiseStream = stream
  ) -> any Optimizer {
    switch self {
    case .plain:
      SGLD(parameters, learningRate: learningRate, temperature: temperature, noise: noise)
    case .preconditioned:
      PreconditionedSGLD(
        parameters, learningRate: learningRate, temperature: temperature, noise: noise)
    }
  }
}

@Suite("Langevin dynamics")
struct LangevinTests {
  /// Down a gradient of zeros nothing moves but by the noise.
  @Test("The noise is √(2·rate·temperature·G) times the draws of the parameter's address")
  func draws() {
    // G is 1 / 10⁻⁵ where the gradients have all been 0.
    let deviations: [(Sampler, Double)] = [
      (.plain, 0.2), (.preconditioned, 0.2 * (100_000.0).squareRoot()),
    ]
    for shape in [[4, 40], [3, 700], [7], [], [2, 3, 5]] {
      let (rows, columns) = (shape.first ?? 1, shape.dropFirst().reduce(1, *))
      for (sampler, deviation) in deviations {
        let parameters = [Parameter(Tensor([0])), Parameter(Tensor(zeros: shape))]
        let optimizer = sampler.make(parameters, learningRate: 0.01, temperature: 2)
        for step in 0..<3 {
          parameters[1].value = Tensor(zeros: shape)
          parameters[1].addToGradient(Tensor(zeros: shape))
          optimizer.step()
          let draws = stream.in(.optimizer).at(step: step).draws(
            from: Gaussian(standardDeviation: 1), site: "1.update", rows: rows, columns: columns)
          let isClose = zip(parameters[1].value.scalars, draws).allSatisfy {
            abs(Double($0) - deviation * Double($1)) <= 1e-6 * abs(Double($0))
          }
          #expect(isClose, "\(sampler), \(shape), step \(step)")
        }
      }
    }
  }

  @Test("At temperature 0 nothing is drawn: SGLD is SGD, to the bit", arguments: [0, 0.1])
  func cold(weightDecay: Double) {
    let (one, other) = (Parameter(ramp([5, 40], 1)), Parameter(ramp([5, 40], 1)))
    let sampler = SGLD(
      [one], learningRate: 0.01, temperature: 0, noise: stream, weightDecay: weightDecay)
    let descent = SGD([other], learningRate: 0.01, weightDecay: weightDecay)
    for step in 0..<5 {
      for parameter in [one, other] { parameter.addToGradient(ramp([5, 40], step)) }
      sampler.step()
      descent.step()
    }
    #expect(one.value.isBitwiseEqual(to: other.value))
  }

  @Test("A frozen stream repeats its step's noise; the domain and the first row do not matter")
  func addresses() {
    func drawn(_ noise: NoiseStream, steps: Int) -> [[Float]] {
      let parameter = Parameter(Tensor(zeros: [50]))
      let optimizer = Sampler.plain.make([parameter], temperature: 1, noise: noise)
      return (0..<steps).map { _ in
        parameter.value = Tensor(zeros: [50])
        parameter.addToGradient(Tensor(zeros: [50]))
        optimizer.step()
        return parameter.value.scalars
      }
    }
    let all = drawn(stream, steps: 4)
    #expect(Set(all).count == 4)
    let held = drawn(stream.at(step: 2).frozen(), steps: 3)
    #expect(Set(held) == [all[2]])
    #expect(drawn(stream.in(.sampling).at(step: 7).rows(from: 5), steps: 1) == [all[0]])
  }

  /// Of the loss ½·a·(w − μ)² with its whole gradient, a chain is autoregressive: w′ − μ = (1 − rate·a)·(w − μ) + noise. Its
  /// stationary distribution is normal, of mean μ and variance temperature / (a·(1 − rate·a / 2)): the posterior's
  /// temperature / a as the rate goes to 0. Neighbouring states have the correlation 1 − rate·a.
  @Test("Each of 120,000 chains ends in the stationary distribution of a Gaussian posterior")
  func stationary() {
    let (rate, temperature, chains) = (0.2, 0.5, 40_000)
    let curvatures = Tensor([0.5, 1, 2], shape: [3, 1])
    let means = Tensor([3, -1, 0.25], shape: [3, 1])
    let parameter = Parameter(Tensor(zeros: [3, chains]))
    let optimizer = SGLD([parameter], learningRate: rate, temperature: temperature, noise: stream)
    var previous = parameter.value
    for _ in 0..<150 {
      previous = parameter.value
      parameter.addToGradient((parameter.value - means) * curvatures)
      optimizer.step()
    }
    for row in 0..<3 {
      let (a, mean) = (Double(curvatures[row, 0]), Double(means[row, 0]))
      let variance = temperature / (a * (1 - rate * a / 2))
      func standardised(_ values: Tensor) -> [Double] {
        values.scalars[row * chains..<(row + 1) * chains].map {
          (Double($0) - mean) / variance.squareRoot()
        }
      }
      expectNormal(standardised(parameter.value), standardised(previous), 1 - rate * a)
    }
  }

  /// Expects standard normal numbers of a correlation with those before. Four checks of three rows share the rate of false
  /// failures; none of 240,000 standard normal numbers lies beyond 9, but with a probability of 10⁻¹³.
  private func expectNormal(_ now: [Double], _ before: [Double], _ correlation: Double) {
    let rate = Threshold.failureRate / 12
    let checks: [(Double, Double, Double, Double)] = [
      (now.reduce(0, +), 0, 1, 9),
      (now.reduce(0) { $0 + $1 * $1 }, 1, 2, 82),
      (
        zip(now, before).reduce(0) { $0 + $1.0 * $1.1 }, correlation,
        1 + correlation * correlation, 82
      ),
    ]
    for (number, (sum, expected, variance, bound)) in checks.enumerated() {
      let threshold = Threshold.mean(
        count: now.count, variance: variance, bound: bound, rate: rate)
      #expect(abs(sum / Double(now.count) - expected) <= threshold, "check \(number)")
    }
    let normal = Gaussian(standardDeviation: 1)
    var distance = 0.0
    for (place, number) in now.sorted().enumerated() {
      let probability = normal.cumulativeProbability(number) * Double(now.count)
      distance = max(distance, probability - Double(place), Double(place + 1) - probability)
    }
    #expect(
      distance / Double(now.count) <= Threshold.distribution(count: now.count, rate: rate))
  }
}
