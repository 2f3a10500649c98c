import Foundation
import NoiseDistributions
import Testing

@Suite("The moments of log-normal draws are those of the draws, however wide and however small")
struct LogNormalMomentsTests {
  /// E exp(m + s·z) of z = √(2t) · cos θ, t = −ln u, u = (k + ½) · 2⁻³¹. The mean over θ is one over 512 angles; the 2,048
  /// smallest u are taken one by one, the others by Simpson's rule in t: good to 10⁻⁸ for s of 3 and more.
  static func expectation(_ m: Double, _ s: Double) -> Double {
    let steps = 256
    let cosines = (0..<steps).map { cos(.pi * (Double($0) + 0.5) / Double(steps)) }
    func value(_ t: Double) -> Double {
      let radius = s * (2 * t).squareRoot()
      var sum = 0.0
      for cosine in cosines { sum += exp(m + radius * cosine) }
      return sum / Double(steps)
    }
    let count = 2048
    var sum = 0.0
    for k in 0..<count { sum += value(-log((Double(k) + 0.5) * 0x1p-31)) }
    let limit = -log(Double(count) * 0x1p-31)
    let intervals = 512
    let width = limit / Double(intervals)
    var rest = 0.0
    for step in 0...intervals {
      let weight: Double = step == 0 || step == intervals ? 1 : step % 2 == 1 ? 4 : 2
      let t = width * Double(step)
      rest += weight * value(t) * exp(-t)
    }
    return 0x1p-31 * sum + width / 3 * rest
  }

  @Test(
    "Neither factor of a moment leaves the range of a Double before the moment does",
    arguments: [
      (0, 3), (-20, 8), (-40, 15), (-100, 28), (-180, 40), (-700, 60), (-1000, 150), (-1700, 250),
    ] as [(Float, Float)])
  func wide(_ logMean: Float, _ spread: Float) {
    let distribution = LogNormal(logMean: logMean, logStandardDeviation: spread)
    let (m, s) = (Double(logMean), Double(spread))
    let mean = Self.expectation(m, s)
    let variance = Self.expectation(2 * m, 2 * s) - mean * mean
    #expect(mean > 0 && mean.isFinite)
    #expect(abs(distribution.mean - mean) <= 1e-7 * mean)
    #expect(abs(distribution.variance - variance) <= 1e-6 * variance)
  }

  @Test("What is too small for a Double is 0, what a Float cannot hold infinite, and neither NaN")
  func ends() {
    for (logMean, spread) in [(-800, 0.5), (-3e38, 10), (-3e38, 1e30), (-3e38, 4e37)]
      as [(Float, Float)]
    {
      let distribution = LogNormal(logMean: logMean, logStandardDeviation: spread)
      #expect(distribution.mean == 0 && distribution.variance == 0, "\(distribution)")
    }
    for (logMean, spread) in [(0, 14), (0, 1e38), (-3e38, 3e38), (88.8, 0)] as [(Float, Float)] {
      let distribution = LogNormal(logMean: logMean, logStandardDeviation: spread)
      #expect(distribution.mean == .infinity && distribution.variance == .infinity)
    }
    // The greatest that is finite.
    let greatest = LogNormal(logMean: 88.7228, logStandardDeviation: 0)
    #expect(greatest.quantile(0.5).isFinite && greatest.variance == 0)
    #expect(abs(greatest.mean / Double(greatest.quantile(0.5)) - 1) < 1e-6)
    // Draws are 0 there, and their moments as small.
    let small = LogNormal(logMean: -740, logStandardDeviation: 1)
    #expect(small.mean > 0 && small.variance == 0)
  }
}
