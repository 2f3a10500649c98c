import Foundation
import NoiseDistributions
import TestSupport

extension KnownDistribution {
  // E |x|ᵏ = k! at scale 1; the greatest draw is 24·ln 2 - ln 2.
  static let laplace = KnownDistribution(
    "Laplace", Laplace(scale: 0.5),
    moments: [1, 0, 1, 0, 24 / 4, 0, 720 / 8, 0, 40320 / 16], bound: 15.943 / 2.0.squareRoot(),
    probability: { (x: Double) -> Double in
      let tail: Double = Foundation.exp(-2 * abs(x)) / 2
      return x < 0 ? tail : 1 - tail
    })

  // E x²ʲ = (4ʲ - 2) · π²ʲ · |B₂ⱼ|, variance π²/3; the greatest draw is 24·ln 2.
  static let logistic = KnownDistribution(
    "Logistic", Logistic(scale: 2),
    moments: [1, 0, 1, 0, 21 / 5, 0, 279 / 7, 0, 3429 / 5], bound: 16.636 * 3.0.squareRoot() / .pi,
    probability: { 1 / (1 + Foundation.exp(-$0 / 2)) })

  static let triangular: KnownDistribution = {
    // E yᵏ = 2·(1 - cᵏ⁺¹) / ((k + 1)(k + 2)(1 - c)) of y = (x - low) / (high - low), with its mode at c.
    let c = 0.25
    let raw = (0...8).map { (k: Int) -> Double in
      let power: Double = Foundation.pow(c, Double(k + 1))
      let count = Double((k + 1) * (k + 2))
      return 2 * (1 - power) / (count * (1 - c))
    }
    let deviation = (raw[2] - raw[1] * raw[1]).squareRoot()
    return KnownDistribution(
      "Triangular", Triangular(low: -1, mode: 0, high: 3),
      moments: standardised(raw, mean: raw[1], deviation: deviation),
      bound: (1 - raw[1]) / deviation,
      probability: { (x: Double) -> Double in
        x < 0 ? (x + 1) * (x + 1) / 4 : 1 - (3 - x) * (3 - x) / 12
      })
  }()

  static let exponential = KnownDistribution(
    "Exponential", Exponential(scale: 2),
    moments: standardised([1, 1, 2, 6, 24, 120, 720, 5040, 40320], mean: 1, deviation: 1),
    bound: 15.636, probability: { 1 - Foundation.exp(-$0 / 2) })

  // A normal distribution of mean 0.5 and deviation 2 between -1 and 4: z from -0.75 to 1.75.
  static let truncated: KnownDistribution = {
    let (low, high) = (-0.75, 1.75)
    let (below, above) = (normalProbability(low), normalProbability(high))
    // E zᵏ by Simpson's rule.
    let steps = 2000
    let width = (high - low) / Double(steps)
    let scale: Double = width / 3 / (2 * Double.pi).squareRoot() / (above - below)
    let raw = (0...8).map { (order: Int) -> Double in
      var sum = 0.0
      for step in 0...steps {
        let z: Double = low + width * Double(step)
        let weight: Double = step == 0 || step == steps ? 1 : step % 2 == 1 ? 4 : 2
        let power: Double = Foundation.pow(z, Double(order))
        sum += weight * power * Foundation.exp(-z * z / 2)
      }
      return sum * scale
    }
    let deviation = (raw[2] - raw[1] * raw[1]).squareRoot()
    return KnownDistribution(
      "Truncated", Truncated(Gaussian(mean: 0.5, standardDeviation: 2), low: -1, high: 4),
      moments: standardised(raw, mean: raw[1], deviation: deviation),
      bound: (high - raw[1]) / deviation,
      probability: { (normalProbability(($0 - 0.5) / 2) - below) / (above - below) })
  }()

  static let mixture: KnownDistribution = {
    let weight = (0.9 * 0x1p15).rounded() / 0x1p15
    let normal: [Double] = [1, 0, 1, 0, 3, 0, 15, 0, 105]
    let laplace: [Double] = [1, 0, 2, 0, 24, 0, 720, 0, 40320]
    let raw = (0...8).map { (order: Int) -> Double in
      let scale: Double = Foundation.pow(4, Double(order))
      return weight * normal[order] + (1 - weight) * laplace[order] * scale
    }
    let deviation = raw[2].squareRoot()
    return KnownDistribution(
      "Mixture", Mixture(Gaussian(standardDeviation: 1), Laplace(scale: 4), weight: 0.9),
      moments: standardised(raw, mean: 0, deviation: deviation), bound: 4 * 15.943 / deviation,
      probability: { (x: Double) -> Double in
        let tail: Double = Foundation.exp(-abs(x) / 4) / 2
        let second: Double = x < 0 ? tail : 1 - tail
        return weight * normalProbability(x) + (1 - weight) * second
      })
  }()

  // Pieces of one uniform distribution: uniform only if the two choices and the draws are independent.
  static let nestedMixture = KnownDistribution(
    "Mixture of mixtures",
    Mixture(
      Mixture(Uniform(low: -1, high: 0), Uniform(low: 0, high: 1), weight: 0.5),
      Uniform(low: 1, high: 3), weight: 0.5),
    moments: uniform.moments, bound: uniform.bound, probability: uniform.probability)
}
