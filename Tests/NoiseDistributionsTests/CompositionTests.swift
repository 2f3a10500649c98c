import DitherRuntime
import NoiseDistributions
import TestSupport
import Testing

@Suite("Mixtures and truncations are of the distributions that they name")
struct CompositionTests {
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

  @Test("Mixtures and truncations of equal parts are equal")
  func equality() {
    let mixture = Mixture(Gaussian(standardDeviation: 1), Laplace(scale: 1), weight: 0.5)
    #expect(mixture == Mixture(Gaussian(standardDeviation: 1), Laplace(scale: 1), weight: 0.5))
    #expect(mixture != Mixture(Gaussian(standardDeviation: 1), Laplace(scale: 2), weight: 0.5))
    let truncated = Truncated(Laplace(scale: 1), low: -1)
    #expect(Set([truncated, Truncated(Laplace(scale: 1), low: -1, high: .infinity)]).count == 1)
    #expect(truncated != Truncated(Laplace(scale: 1), low: -2))
    #expect(Set([Poisson(rate: 2), Poisson(rate: 2), Poisson(rate: 3)]).count == 2)
  }

  @Test("A truncated draw lies in its interval, ends included, in either tail")
  func interval() {
    let gaussian = Gaussian(mean: 1, standardDeviation: 2)
    for (low, high) in [
      (-1, 2), (-.infinity, -5.9), (7.9, .infinity), (1, 1.01), (-.infinity, .infinity),
    ] as [(Float, Float)] {
      let truncated = Truncated(gaussian, low: low, high: high)
      #expect(draws(truncated).allSatisfy { $0 >= low && $0 <= high && $0.isFinite })
      for p: Float in [0x1p-24, 0.5, 1 - 0x1p-24] {
        let draw = truncated.quantile(p)
        #expect(draw >= low && draw <= high && draw.isFinite, "\(truncated)")
      }
      #expect(truncated.cumulativeProbability(Double(high)) == 1)
      #expect(truncated.cumulativeProbability(Double(low).nextDown) == 0)
    }
    let few = Truncated(Poisson(rate: 3), low: 1, high: 2)
    #expect(Set(draws(few)) == [1, 2])
    // P(1) : P(2) = 3 : 4.5, to the steps of p.
    #expect(abs(few.mean - 1.6) < 1e-6 && abs(few.variance - 0.24) < 1e-6)
    #expect(few.cumulativeProbability(0.9) == 0)
    #expect(abs(few.cumulativeProbability(1) - 0.4) < 1e-14)
  }

  @Test("A distribution with a quantile alone is truncated by the shares of its quantiles")
  func quantileAlone() {
    // Of density (2 − |x|) / 4: P(|X| ≤ 1) = ¾, P(X < −1) = ⅛.
    let truncated = Truncated(Tent(halfWidth: 2), low: -1, high: 1)
    #expect(abs(truncated.mean) < 1e-6)
    #expect(abs(truncated.variance - 5.0 / 18) < 1e-6)
    for p: Float in [0x1p-24, 0.1, 0.25] {
      // F(x) = (2 + x)² / 8 below 0.
      let expected = (8 * (0.125 + 0.75 * Double(p))).squareRoot() - 2
      #expect(abs(Double(truncated.quantile(p)) - expected) < 1e-6, "\(p)")
    }
    #expect(draws(truncated).allSatisfy { abs($0) <= 1 })
    let upper = Truncated(Tent(halfWidth: 2), low: 1)
    #expect(draws(upper).allSatisfy { 1...2 ~= $0 })
  }

  @Test("A truncated draw has a value of its base where ends lie between two of them")
  func endsBetweenValues() {
    let one = Truncated(Bernoulli(probability: 0.000301), low: 0.5, high: 2)
    let many = Truncated(Poisson(rate: 3), low: 1.5, high: 3.5)
    let steps = Array(0..<4096) + Array((1 << 23) - 4096..<1 << 23)
    for k in steps {
      let p = Float(2 * k + 1) * 0x1p-24
      #expect(one.quantile(p) == 1, "p = \(p)")
      #expect([2, 3].contains(many.quantile(p)), "p = \(p)")
    }
  }

  @Test("A truncated exponential distribution is the same again, further on")
  func memoryless() {
    let truncated = Truncated(Exponential(scale: 1), low: 2)
    #expect(abs(truncated.mean - 3) < 1e-5 && abs(truncated.variance - 1) < 1e-4)
    for p: Float in [0.001, 0.3, 0.5, 0.9, 0.99] {
      let expected = 2 + Exponential(scale: 1).quantile(p)
      #expect(abs(truncated.quantile(p) - expected) < 1e-4)
    }
  }

  // The sum over all 2²³, for each kind of quantile: smooth, with a kink, with steps, one-sided.
  @Test("A truncated distribution's moments are those of its quantiles", arguments: 0..<5)
  func sums(_ index: Int) {
    let distributions: [any QuantileDistribution] = [
      Truncated(Gaussian(mean: 0.5, standardDeviation: 2), low: -1, high: 4),
      Truncated(Laplace(scale: 1), low: -1), Truncated(Poisson(rate: 5), low: 2, high: 9),
      Truncated(Triangular(low: 100, mode: 100, high: 103), high: 102),
      Truncated(LogNormal(logStandardDeviation: 2)),
    ]
    let distribution = distributions[index]
    let (mean, variance) = momentsOfQuantiles(distribution)
    let size = Double(max(abs(distribution.quantile(0x1p-24)), distribution.quantile(1 - 0x1p-24)))
    #expect(abs(distribution.mean - mean) <= 3e-8 * size, "\(distribution)")
    #expect(abs(distribution.variance - variance) <= 1e-7 * size * size, "\(distribution)")
  }

  @Test("Of a distribution without moments, only what is bounded has some")
  func unbounded() {
    let wide = LogNormal(logMean: 80, logStandardDeviation: 2)
    #expect(Truncated(wide, low: 1).mean.isNaN && Truncated(wide, low: 1).variance.isNaN)
    #expect(Truncated(wide, low: 0, high: 1e34).mean.isFinite)
    // Of which every draw is infinite.
    let wider = Truncated(LogNormal(logMean: 100, logStandardDeviation: 0.1), low: 1)
    #expect(wider.mean.isNaN && wider.variance.isNaN && wider.quantile(0.5) == .infinity)
  }
}

private func momentsOfQuantiles(_ distribution: some QuantileDistribution) -> (Double, Double) {
  let center = Double(distribution.quantile(0.5))
  var (first, second) = (0.0, 0.0)
  var k = 1
  while k < 1 << 24 {
    let x = Double(distribution.quantile(Float(k) * 0x1p-24)) - center
    first += x
    second += x * x
    k &+= 2
  }
  let mean = first / 0x1p23
  return (center + mean, second / 0x1p23 - mean * mean)
}
