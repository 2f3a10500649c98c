import NoiseDistributions
import TestSupport
import Testing

@Suite("A truncated distribution is the whole one, given its interval")
struct TruncatedTests {
  static let noise = NoiseStream(seed: 3)

  func draws(
    _ distribution: any NoiseDistribution, rows: Int = 256, columns: Int = 256
  ) -> [Float] {
    Self.noise.draws(from: distribution, site: "s", rows: rows, columns: columns)
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

  // The sum over all 2²³, for each kind of quantile: smooth, with a kink, with steps, one-sided. Only the steps unless the long
  // tests run.
  @Test(
    "A truncated distribution's moments are those of its quantiles",
    arguments: runsLongTests ? Array(0..<5) : [2])
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

  @Test("Truncations of equal parts are equal")
  func equality() {
    let truncated = Truncated(Laplace(scale: 1), low: -1)
    #expect(Set([truncated, Truncated(Laplace(scale: 1), low: -1, high: .infinity)]).count == 1)
    #expect(truncated != Truncated(Laplace(scale: 1), low: -2))
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
