import Foundation
import NoiseDistributions
import TestSupport

func normalProbability(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

extension KnownDistribution {
  static let gaussian = KnownDistribution(
    "Gaussian", Gaussian(mean: 0.5, standardDeviation: 2),
    moments: [1, 0, 1, 0, 3, 0, 15, 0, 105], bound: 6.6605,
    probability: { normalProbability(($0 - 0.5) / 2) })

  static let uniform = KnownDistribution(
    "Uniform", Uniform(low: -1, high: 3),
    moments: [1, 0, 1, 0, 9 / 5, 0, 27 / 7, 0, 81 / 9], bound: 1.7321,
    probability: { ($0 + 1) / 4 })

  static let logNormal: KnownDistribution = {
    let s = 0.25
    let deviation = (Foundation.exp(s * s) - 1).squareRoot()
    // E exp(k·s·z) = exp(k²s²/2), of the draws divided by exp(s²/2).
    return KnownDistribution(
      "LogNormal", LogNormal(logMean: 0.5, logStandardDeviation: 0.25),
      moments: standardised(
        (0...8).map { Foundation.exp(s * s * Double($0 * $0 - $0) / 2) }, mean: 1,
        deviation: deviation),
      bound: (Foundation.exp(6.6605 * s - s * s / 2) - 1) / deviation,
      probability: { normalProbability((Foundation.log($0) - 0.5) / 0.25) })
  }()

  static let bernoulli: KnownDistribution = {
    let p = (0.3 * 0x1p15).rounded() / 0x1p15
    let deviation = (p * (1 - p)).squareRoot()
    return KnownDistribution(
      "Bernoulli", Bernoulli(probability: 0.3),
      moments: standardised(
        [1] + [Double](repeating: p, count: 8), mean: p, deviation: deviation),
      bound: (1 - p) / deviation, masses: [Mass(0, 1 - p), Mass(1, p)])
  }()

  static let saltAndPepper: KnownDistribution = {
    let p = (0.2 * 0x1p15).rounded() / 0x1p15
    let raw =
      [1] + (1...8).map { p / 2 * (Foundation.pow(-1, Double($0)) + Foundation.pow(3, Double($0))) }
    let deviation = (raw[2] - raw[1] * raw[1]).squareRoot()
    return KnownDistribution(
      "SaltAndPepper", SaltAndPepper(rate: 0.2, low: -1, high: 3),
      moments: standardised(raw, mean: raw[1], deviation: deviation),
      bound: (3 - raw[1]) / deviation, masses: [Mass(-1, p / 2), Mass(0, 1 - p), Mass(3, p / 2)])
  }()

  // E x²ʲ = 2·w²ʲ / ((2j + 1)(2j + 2)), variance w²/6.
  static let tent = KnownDistribution(
    "Tent, defined in the tests", Tent(halfWidth: 2),
    moments: [1, 0, 1, 0, 72 / 30, 0, 432 / 56, 0, 2592 / 90], bound: 2.4495,
    probability: { $0 < 0 ? (2 + $0) * (2 + $0) / 8 : 1 - (2 - $0) * (2 - $0) / 8 })

  static let all = [
    gaussian, uniform, laplace, logistic, triangular, exponential, logNormal, bernoulli, rademacher,
    saltAndPepper, impulse, poisson, manyEvents, mixture, nestedMixture, truncated, tent,
  ]
  static let continuous = all.filter { $0.probability != nil }
  static let discrete = all.filter { !$0.masses.isEmpty }
}
