import Foundation
package import NoiseDistributions
package import Testing

/// What is known of a distribution, to test its draws against.
package struct KnownDistribution: Sendable, CustomStringConvertible {
  /// One value of a discrete distribution.
  package struct Mass: Sendable {
    package var value: Float
    package var probability: Double

    package init(_ value: Float, _ probability: Double) {
      self.value = value
      self.probability = probability
    }
  }

  package var description: String
  package var distribution: any NoiseDistribution
  /// P(draw ≤ x), for continuous ones.
  package var probability: (@Sendable (Double) -> Double)?
  /// The values with their probabilities, for discrete ones.
  package var masses: [Mass]
  /// E zᵏ of z = (draw − mean) / standard deviation for k = 0 … 8, with the mean and the variance that the distribution
  /// states. Empty where there are none.
  package var moments: [Double]
  /// The greatest |z|.
  package var bound: Double

  package init(
    _ description: String, _ distribution: any NoiseDistribution, moments: [Double], bound: Double,
    probability: (@Sendable (Double) -> Double)? = nil, masses: [Mass] = []
  ) {
    self.description = description
    self.distribution = distribution
    self.probability = probability
    self.masses = masses
    self.moments = moments
    self.bound = bound
  }

  package func draws(rows: Int, columns: Int) -> [Float] {
    NoiseStream(seed: 1).draws(from: distribution, site: "0.input", rows: rows, columns: columns)
  }

  /// Expects the known mean, variance, skew and kurtosis, as E z … E z⁴, with the false-failure rate shared by the four.
  package func expectMoments(
    of draws: [Float], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let mean = distribution.mean
    let deviation = distribution.variance.squareRoot()
    var sums = [0.0, 0.0, 0.0, 0.0]
    for draw in draws {
      let z = (Double(draw) - mean) / deviation
      let square = z * z
      sums[0] += z
      sums[1] += square
      sums[2] += square * z
      sums[3] += square * square
    }
    for order in 1...4 {
      let expected = moments[order]
      let deviation = abs(sums[order - 1] / Double(draws.count) - expected)
      let threshold = Threshold.mean(
        count: draws.count, variance: moments[2 * order] - expected * expected,
        bound: Foundation.pow(bound, Double(order)) + abs(expected),
        rate: Threshold.failureRate / 4)
      #expect(deviation <= threshold, "moment \(order)", sourceLocation: sourceLocation)
    }
  }

  /// Expects the known distribution function, by two checks that share the false-failure rate: the greatest distance
  /// between the draws' and the known one at the edges of 1,024 equally probable bins (at most Kolmogorov and Smirnov's, so
  /// that their threshold holds), and χ² of the bins.
  package func expectProbabilities(
    of draws: [Float], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let bins = 1024
    var counts = [Int](repeating: 0, count: bins)
    for draw in draws {
      counts[min(bins - 1, Int(probability!(Double(draw)) * Double(bins)))] += 1
    }
    let expected = Double(draws.count) / Double(bins)
    var below = 0
    var distance = 0.0
    var chiSquared = 0.0
    for (bin, count) in counts.enumerated() {
      below += count
      distance = max(
        distance, abs(Double(below) / Double(draws.count) - Double(bin + 1) / Double(bins)))
      chiSquared += (Double(count) - expected) * (Double(count) - expected) / expected
    }
    #expect(
      distance <= Threshold.distribution(count: draws.count, rate: Threshold.failureRate / 2),
      sourceLocation: sourceLocation)
    #expect(
      Threshold.chiSquared(degrees: bins - 1, z: 6.3).contains(chiSquared),
      sourceLocation: sourceLocation)
  }

  /// Expects the known probability of each value, by Bernstein's inequality with the false-failure rate shared by all, and
  /// no other value. Where 30 values or more are expected 100 times, also χ² of these, the others taken together.
  package func expectMasses(
    of draws: [Float], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var counts: [Float: Int] = [:]
    for draw in draws { counts[draw, default: 0] += 1 }
    let total = Double(draws.count)
    var rest = (count: 0, expected: 0.0)
    var (cells, chiSquared) = (0, 0.0)
    for mass in masses {
      let count = counts.removeValue(forKey: mass.value) ?? 0
      let threshold = Threshold.mean(
        count: draws.count, variance: mass.probability * (1 - mass.probability), bound: 1,
        rate: Threshold.failureRate / Double(2 * masses.count))
      #expect(
        abs(Double(count) / total - mass.probability) <= threshold, "\(mass.value)",
        sourceLocation: sourceLocation)
      let expected = mass.probability * total
      if expected < 100 {
        rest = (rest.count + count, rest.expected + expected)
      } else {
        cells += 1
        chiSquared += (Double(count) - expected) * (Double(count) - expected) / expected
      }
    }
    #expect(counts.isEmpty, sourceLocation: sourceLocation)
    guard cells >= 30 else { return }
    let difference = Double(rest.count) - rest.expected
    chiSquared += difference * difference / rest.expected
    #expect(
      Threshold.chiSquared(degrees: cells, z: 6.4).contains(chiSquared),
      sourceLocation: sourceLocation)
  }

  /// E zᵏ for k = 0 … 8 from E xᵏ, of z = (x − mean) / deviation.
  package static func standardised(_ raw: [Double], mean: Double, deviation: Double) -> [Double] {
    (0...8).map { order in
      var sum = 0.0
      var choose = 1.0
      for index in 0...order {
        sum += choose * raw[index] * Foundation.pow(-mean, Double(order - index))
        choose *= Double(order - index) / Double(index + 1)
      }
      return sum / Foundation.pow(deviation, Double(order))
    }
  }
}
