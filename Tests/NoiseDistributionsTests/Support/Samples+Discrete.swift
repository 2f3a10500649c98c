import Foundation
import NoiseDistributions
import TestSupport

extension KnownDistribution {
  static let rademacher = KnownDistribution(
    "Rademacher", Rademacher(), moments: [1, 0, 1, 0, 1, 0, 1, 0, 1], bound: 1,
    masses: [Mass(-1, 0.5), Mass(1, 0.5)])

  static let impulse: KnownDistribution = {
    let p = (0.005 * 0x1p31).rounded() / 0x1p31
    return discrete(
      "Impulse", Impulse(value: -3, probability: 0.005), [Mass(-3, p), Mass(0, 1 - p)])
  }()

  static let poisson = events("Poisson of few events", rate: 3.5)
  static let manyEvents = events("Poisson of many events", rate: 200)

  // Values beyond probabilities of 2⁻²⁴ are not drawn: what is left out is less than any threshold.
  private static func events(_ name: String, rate: Double) -> KnownDistribution {
    let masses = (0...Int(2 * rate + 20)).map { (number: Int) -> Mass in
      let logarithm: Double =
        Double(number) * Foundation.log(rate) - rate - lgamma(Double(number + 1))
      return Mass(Float(number), Foundation.exp(logarithm))
    }
    return discrete(name, Poisson(rate: Float(rate)), masses.filter { $0.probability > 1e-9 })
  }

  private static func discrete(
    _ name: String, _ distribution: any NoiseDistribution, _ masses: [Mass]
  ) -> KnownDistribution {
    var mean = 0.0
    for mass in masses { mean += mass.probability * Double(mass.value) }
    let center = mean
    func central(_ order: Int) -> Double {
      var sum = 0.0
      for mass in masses {
        sum += mass.probability * Foundation.pow(Double(mass.value) - center, Double(order))
      }
      return sum
    }
    let deviation = central(2).squareRoot()
    return KnownDistribution(
      name, distribution,
      moments: (0...8).map { central($0) / Foundation.pow(deviation, Double($0)) },
      bound: masses.map { abs(Double($0.value) - center) }.max()! / deviation, masses: masses)
  }
}
