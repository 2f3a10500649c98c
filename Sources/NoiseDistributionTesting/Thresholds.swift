import Foundation

/// Thresholds that a right sampler passes with a stated probability of failure, whatever n.
package enum Threshold {
  /// A test fails for a right sampler with at most this probability; its checks share it out.
  package static let failureRate = 1e-9

  /// How far the mean of `count` independent draws may lie from its expectation: the solution t of Bernstein's inequality
  ///
  ///     P(|mean - expectation| ≥ t) ≤ 2·exp(-n·t² / (2·(variance + bound·t/3)))
  ///
  /// which holds for every n, where a normal approximation would not at rates of 1e-9. `bound` bounds the distance of
  /// a single draw from its expectation. A fault that moves the expectation by 2t is seen with a probability of at
  /// least 1 - rate.
  package static func mean(count: Int, variance: Double, bound: Double, rate: Double) -> Double {
    let n = Double(count)
    let limit = Foundation.log(2 / rate)
    let linear = limit * bound / (3 * n)
    return linear + (linear * linear + 2 * limit * variance / n).squareRoot()
  }

  /// How far the empirical distribution function of `count` draws may lie from the true one, by the inequality of
  /// Dvoretzky, Kiefer and Wolfowitz with Massart's constant (1990), P(D > t) ≤ 2·exp(-2·n·t²): for every n and every
  /// distribution. For Kolmogorov and Smirnov's statistic it is the asymptotic critical value, from above.
  package static func distribution(count: Int, rate: Double) -> Double {
    (Foundation.log(2 / rate) / (2 * Double(count))).squareRoot()
  }

  /// The range of χ² with many degrees of freedom, by Wilson and Hilferty (1931): the cube root of χ²/k is normal with mean
  /// 1 - 2/9k and variance 2/9k. `z` is the normal's quantile: 6.3 stands for a rate of 3e-10, both sides together.
  package static func chiSquared(degrees: Int, z: Double) -> ClosedRange<Double> {
    let k = Double(degrees)
    let centre = 1 - 2 / (9 * k)
    let width = z * (2 / (9 * k)).squareRoot()
    return k * Foundation.pow(centre - width, 3)...k * Foundation.pow(centre + width, 3)
  }
}
