import NoiseDistributions
import TestSupport
import Testing

@Suite("A mixture is of the distributions that it names")
struct MixtureTests {
  static let noise = NoiseStream(seed: 3)

  func draws(
    _ distribution: any NoiseDistribution, rows: Int = 256, columns: Int = 256
  ) -> [Float] {
    Self.noise.draws(from: distribution, site: "s", rows: rows, columns: columns)
  }

  @Test("A mixture draws one of its two, by the Bernoulli draw of its address")
  func choice() {
    let (first, second) = (Uniform(low: 1, high: 2), Uniform(low: -2, high: -1))
    let mixed = draws(Mixture(first, second, weight: 0.3))
    let choices = draws(Bernoulli(probability: 0.3))
    #expect(zip(mixed, choices).allSatisfy { ($0 > 0) == ($1 == 1) })
    // Neither is drawn from the words by which it was chosen: equal draws are chance, of 2²³ values.
    #expect(zip(mixed, draws(first)).count { $0 == $1 } < 8)
  }

  @Test("Mixtures within a mixture choose independently of it, at either place")
  func nested() {
    let inner = Mixture(Constant(value: 1), Constant(value: 2), weight: 0.5)
    let other = Mixture(Constant(value: 3), Constant(value: 4), weight: 0.5)
    var counts: [Float: Int] = [:]
    for draw in draws(Mixture(inner, other, weight: 0.5), rows: 1 << 9, columns: 1 << 9) {
      counts[draw, default: 0] += 1
    }
    #expect(counts.count == 4)
    let threshold = Threshold.mean(
      count: 1 << 18, variance: 3.0 / 16, bound: 1, rate: Threshold.failureRate / 4)
    for count in counts.values { #expect(abs(Double(count) / 0x1p18 - 0.25) <= threshold) }
  }

  @Test("What a mixture draws is independent of its choice, whichever planes it reads")
  func planes() {
    // Reads the planes 0 … 127 by turns: a choice from any of them would show in one.
    struct Signs: NoiseDistribution {
      var plane: Int
      var mean: Double { 0 }
      var variance: Double { 1 }
      func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
        Rademacher().fill(&tile, at: address.plane(plane))
      }
    }
    let count = 1 << 12
    for plane in 0...127 {
      let mixed = draws(
        Mixture(Signs(plane: plane), Constant(value: 0), weight: 0.5), rows: 64, columns: 64)
      let sum = mixed.reduce(0, +)
      #expect(
        abs(Double(sum)) / Double(count)
          <= Threshold.mean(
            count: count, variance: 0.5, bound: 1, rate: Threshold.failureRate / 128), "\(plane)")
    }
  }

  @Test("A weight of 1 or 0 draws one of the two alone, and its moments")
  func certain() {
    let (finite, infinite) = (
      Uniform(halfWidth: 1), LogNormal(logMean: 80, logStandardDeviation: 2)
    )
    let mixture = Mixture(finite, infinite, weight: 1)
    #expect(mixture.mean == finite.mean && mixture.variance == finite.variance)
    #expect(draws(mixture).allSatisfy { abs($0) <= 1 })
    let other = Mixture(infinite, finite, weight: 0)
    #expect(other.mean == finite.mean && other.variance == finite.variance)
    #expect(draws(other).allSatisfy { abs($0) <= 1 })
    #expect(Mixture(finite, infinite, weight: 0.5).mean == .infinity)
    #expect(Mixture(finite, infinite, weight: 0.5).variance == .infinity)
  }

  @Test("A mixture's moments are those of the weight that is drawn")
  func moments() {
    let weight = (0.3 * 0x1p15).rounded() / 0x1p15
    let mixture = Mixture(
      Gaussian(mean: 1, standardDeviation: 2), Gaussian(mean: -3, standardDeviation: 1), weight: 0.3
    )
    #expect(abs(mixture.mean - (weight - 3 * (1 - weight))) < 1e-15)
    // Within and between: E variance + w · (1 − w) · 4².
    let expected = 4 * weight + (1 - weight) + weight * (1 - weight) * 16
    #expect(abs(mixture.variance - expected) < 1e-14)
  }

  @Test(
    "A mixture in an interval is the mixture of its two truncated there, with the weight that is stated"
  )
  func truncatedMixture() {
    let (first, second) = (Gaussian(standardDeviation: 1), Laplace(scale: 4))
    let whole = Mixture(first, second, weight: 0.9)
    let (low, high) = (-0.5, 6.0)
    func share(_ distribution: some CumulativeDistribution) -> Double {
      distribution.cumulativeProbability(high) - distribution.cumulativeProbability(low)
    }
    let (a, b) = (0.9 * share(first), 0.1 * share(second))
    let part = Mixture(
      Truncated(first, low: -0.5, high: 6), Truncated(second, low: -0.5, high: 6),
      weight: a / (a + b))
    for x in stride(from: -0.5, through: 6, by: 0.125) {
      let expected = whole.cumulativeProbability(x) - whole.cumulativeProbability(low)
      // Both weights are drawn in steps of 2⁻¹⁵.
      #expect(abs(part.cumulativeProbability(x) - expected / share(whole)) <= 0x1p-14, "\(x)")
    }
  }

  @Test("Mixtures of equal parts are equal")
  func equality() {
    let mixture = Mixture(Gaussian(standardDeviation: 1), Laplace(scale: 1), weight: 0.5)
    #expect(mixture == Mixture(Gaussian(standardDeviation: 1), Laplace(scale: 1), weight: 0.5))
    #expect(mixture != Mixture(Gaussian(standardDeviation: 1), Laplace(scale: 2), weight: 0.5))
    #expect(Set([Poisson(rate: 2), Poisson(rate: 2), Poisson(rate: 3)]).count == 2)
  }
}
