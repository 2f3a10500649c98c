import Foundation
import HeavyTailedNoise
import NoiseDistributions
import Testing

@Suite("A truncated Cauchy distribution has the moments of what it draws")
struct TruncatedCauchyTests {
  /// E x and the variance between two numbers, at scale 1: of the density 1 / (Z · (1 + x²)), Z = arctan b − arctan a.
  static func moments(_ a: Double, _ b: Double) -> (mean: Double, variance: Double) {
    let within = atan(b) - atan(a)
    let mean = log((1 + b * b) / (1 + a * a)) / 2 / within
    return (mean, (b - a) / within - 1 - mean * mean)
  }

  // Below ½ a probability keeps its digits when it is rounded to a Float. Above, it moves by 2⁻²⁵ at most, which moves the mean of a
  // monotone function by that share of its range. The 2²³ quantiles are as far from the integral at most. The quantiles
  // themselves are off by four units in the last place, 2.4e-7.
  @Test(
    "Mean and variance are the closed form's, though most of the variance is of few draws",
    arguments: [(-1e4, 0), (-1e3, -0.5), (-3, 2), (-100, 100), (-1e4, 1e4), (-1, 1000)]
      as [(Float, Float)])
  func closedForm(_ low: Float, _ high: Float) {
    let truncated = Truncated(Cauchy(scale: 1), low: low, high: high)
    let (a, b) = (Double(low), Double(high))
    let (mean, variance) = Self.moments(a, b)
    let deviation = variance.squareRoot()
    let rounding = high <= 0 ? 0 : 0x1p-23
    let (first, second) = (rounding * (b - a), 2 * rounding * (a * a + b * b))
    #expect(abs(truncated.mean - mean) <= 1e-6 * deviation + first)
    #expect(abs(truncated.variance - variance) <= 4e-6 * variance + second)
  }

  @Test(
    "Mean and variance are those of all quantiles",
    arguments: [(-1e4, 1e4), (-1, 3e6)] as [(Float, Float)])
  func sums(_ low: Float, _ high: Float) {
    let truncated = Truncated(Cauchy(scale: 1), low: low, high: high)
    var (first, second) = (0.0, 0.0)
    var k = 1
    while k < 1 << 24 {
      let x = Double(truncated.quantile(Float(k) * 0x1p-24))
      first += x
      second += x * x
      k &+= 2
    }
    let mean = first / 0x1p23
    let variance = second / 0x1p23 - mean * mean
    // Summed by blocks, between whose quantiles the steps of the upper tail fall: a probability near 1 is a multiple of 2⁻²⁴.
    #expect(abs(truncated.mean - mean) <= 1e-6 * variance.squareRoot())
    #expect(abs(truncated.variance - variance) <= 3e-5 * variance)
  }

  @Test("With an end at infinity there are none")
  func unbounded() {
    let truncated = Truncated(Cauchy(scale: 1), low: -1)
    #expect(truncated.mean.isNaN && truncated.variance.isNaN)
    #expect(truncated.quantile(0.5) > -1)
  }
}
