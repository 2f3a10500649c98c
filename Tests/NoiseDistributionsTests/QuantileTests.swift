import DitherRuntime
import Foundation
import NoiseDistributions
import TestSupport
import Testing

typealias Invertible = CumulativeDistribution & QuantileDistribution

@Suite("Quantiles are exact, and draws are quantiles of uniforms to the bit")
struct QuantileTests {
  /// Those whose kernel or fill is the quantile of each uniform.
  static let drawn: [any QuantileDistribution] = [
    Uniform(low: -1, high: 3), Laplace(scale: 0.7), Logistic(scale: 0.7),
    Triangular(low: -0.3, mode: 0.9, high: 1), Triangular(low: 2, mode: 2, high: 5),
    Triangular(halfWidth: 1e-3), Exponential(scale: 0.7), Poisson(rate: 0.01), Poisson(rate: 3.5),
    Poisson(rate: 1000), Poisson(rate: 10_000), Constant(value: 0.3),
    Truncated(Gaussian(standardDeviation: 1), low: -1, high: 2),
  ]

  @Test(
    "A tile holds the quantile of each uniform, to the bit, on every instruction set",
    arguments: drawn.indices)
  func tiles(_ index: Int) {
    let distribution = Self.drawn[index]
    for (rows, columns) in [(3, 5), (90, 1030), (4000, 7)] {
      for instructionSet in InstructionSet.available {
        withInstructionSet(instructionSet) {
          let noise = NoiseStream(seed: 9)
          let uniforms = noise.draws(
            from: Uniform(low: 0, high: 1), site: "q", rows: rows, columns: columns)
          let draws = noise.draws(from: distribution, site: "q", rows: rows, columns: columns)
          #expect(
            sameBits(draws, uniforms.map { distribution.quantile($0) }),
            "\(distribution), \(instructionSet)")
        }
      }
    }
  }

  @Test("The kernels' quantiles are the Swift functions' to the ends of the tails")
  func ends() {
    let distributions: [any QuantileDistribution] = [
      Laplace(scale: 0.7), Logistic(scale: 3), Triangular(low: -0.3, mode: 0.9, high: 1),
      Exponential(scale: 0.7), Poisson(rate: 50),
    ]
    // Of four times 2²² draws none comes within 10⁻⁶ of an end with a probability of e⁻³³.
    var nearest: Float = 1
    for seed in 0..<4 {
      func draws(_ distribution: any NoiseDistribution) -> [Float] {
        NoiseStream(seed: UInt64(seed)).draws(
          from: distribution, site: "e", rows: 1 << 10, columns: 1 << 12)
      }
      let uniforms = draws(Uniform(low: 0, high: 1))
      let ends = uniforms.indices.filter { uniforms[$0] < 1e-4 || uniforms[$0] > 1 - 1e-4 }
      for index in ends { nearest = min(nearest, uniforms[index], 1 - uniforms[index]) }
      for distribution in distributions {
        let found = draws(distribution)
        #expect(
          ends.allSatisfy { distribution.quantile(uniforms[$0]) == found[$0] }, "\(distribution)")
      }
    }
    #expect(nearest < 1e-6)
  }

  @Test("Draws of p and 1 - p are each other's negative: the mean is exact")
  func symmetry() {
    for distribution in [
      Laplace(scale: 0.7), Logistic(scale: 0.7), Triangular(halfWidth: 0.7),
      Gaussian(standardDeviation: 0.7), Uniform(halfWidth: 0.7),
    ] as [any QuantileDistribution] {
      for number in stride(from: 1, to: 1 << 23, by: 4098) {
        let p = Float(number) / 0x1p24
        #expect(distribution.quantile(p) == -distribution.quantile(1 - p))
      }
      #expect(distribution.mean == 0)
    }
  }

  @Test("A discrete quantile is the least value whose cumulative probability is at least p")
  func discrete() {
    let distributions: [(any Invertible, [Float])] = [
      (Rademacher(), [-1, 1]), (Bernoulli(probability: 0.3), [0, 1]),
      (SaltAndPepper(rate: 0.2, low: -1, high: 3), [-1, 0, 3]),
      (SaltAndPepper(rate: 0.4, low: 2, high: 5), [0, 2, 5]),
      (Impulse(value: 2, probability: 0.25), [0, 2]),
      (Impulse(value: -2, probability: 0.25), [-2, 0]), (Constant(value: 3), [3]),
      (Poisson(rate: 0), [0]),
    ]
    for (distribution, values) in distributions {
      for value in values {
        let here = distribution.cumulativeProbability(Double(value))
        let before = distribution.cumulativeProbability(Double(value).nextDown)
        #expect(here > before, "\(distribution) at \(value)")
        #expect(distribution.quantile(Float((here + before) / 2)) == value, "\(distribution)")
      }
      #expect(distribution.cumulativeProbability(Double(values.last!)) == 1)
      #expect(distribution.cumulativeProbability(Double(values[0]).nextDown) == 0)
    }
  }

  @Test("The cumulative probability rises from 0 to 1, and of NaN is NaN")
  func limits() {
    let known = KnownDistribution.all.compactMap {
      $0.distribution as? any CumulativeDistribution
    }
    let others: [any CumulativeDistribution] = [
      Constant(value: 2), Poisson(rate: 0), Poisson(rate: 10_000), Gaussian(standardDeviation: 0),
      Laplace(scale: 0), Logistic(scale: 0), Exponential(scale: 0), Triangular(halfWidth: 0),
      Uniform(halfWidth: 0), LogNormal(logStandardDeviation: 0),
      Truncated(Exponential(scale: 1), low: 2),
    ]
    // All but the one that the tests define.
    #expect(known.count == KnownDistribution.all.count - 1)
    for distribution in known + others {
      #expect(distribution.cumulativeProbability(-.infinity) == 0, "\(distribution)")
      #expect(distribution.cumulativeProbability(.infinity) == 1, "\(distribution)")
      #expect(distribution.cumulativeProbability(.nan).isNaN, "\(distribution)")
      var last = 0.0
      for step in -4000...4000 {
        let next = distribution.cumulativeProbability(Double(step) / 64)
        #expect(next >= last - 0x1p-50 && next <= 1, "\(distribution) at \(Double(step) / 64)")
        last = next
      }
    }
  }

  @Test("A spread of 0 is a step of the cumulative probability, at its value")
  func step() {
    for (distribution, value) in [
      (Laplace(scale: 0), 0), (Logistic(scale: 0), 0), (Exponential(scale: 0), 0),
      (Triangular(low: 3, mode: 3, high: 3), 3), (Uniform(low: 3, high: 3), 3),
      (Gaussian(mean: 3, standardDeviation: 0), 3), (LogNormal(logStandardDeviation: 0), 1),
    ] as [(any CumulativeDistribution, Double)] {
      #expect(distribution.cumulativeProbability(value.nextDown) == 0)
      #expect(distribution.cumulativeProbability(value) == 1)
    }
  }

  @Test("The scale multiplies draws, mean and variance, and divides the argument of P")
  func scale() {
    for (single, double) in [
      (Laplace(scale: 1), Laplace(scale: 2)), (Logistic(scale: 1), Logistic(scale: 2)),
      (Exponential(scale: 1), Exponential(scale: 2)),
    ] as [(any Invertible, any Invertible)] {
      #expect(double.mean == 2 * single.mean && double.variance == 4 * single.variance)
      for p: Float in [0x1p-24, 0.3, 0.7, 1 - 0x1p-24] {
        #expect(double.quantile(p) == 2 * single.quantile(p))
        let x = Double(single.quantile(p))
        #expect(double.cumulativeProbability(2 * x) == single.cumulativeProbability(x))
      }
    }
  }

  @Test("Laplace draws what it drew as a part of HeavyTailedNoise")
  func moved() {
    for (rows, columns, golden) in [
      (1 << 10, 1 << 10, "e4f71f60f3ec2955"), (1 << 16, 16, "8cd932f81113dba5"),
    ] {
      let draws = NoiseStream(seed: 7).at(step: 9).draws(
        from: Laplace(scale: 0.5), site: "heavy", rows: rows, columns: columns)
      #expect(hash(draws) == golden)
    }
  }
}
