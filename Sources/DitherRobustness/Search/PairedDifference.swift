import DitherRuntime
import NoiseDistributions

/// By how much one network scores higher than another on the same rows under the same draws, in several replicates: the mean, with
/// what chance in the rows and in the trainings leaves of doubt.
///
/// With the differences d of S replicates and n rows, the standard error is √(s²(replicates) / S + s²(rows) / n), where s² is the
/// sample variance of the replicates' means and of the rows' means. It counts what replicate and row have in common only once more
/// than needed, never less than once: the error is not underestimated. Degrees of freedom are those of Satterthwaite 1946, *An
/// approximate distribution of estimates of variance components*. The error and Student's t hold to the accuracy of the central limit
/// theorem: with some tens of rows or more.
///
/// It is no ``Bootstrap``, which takes any figure (a calibration error, an area, a ratio) but knows of chance in the rows alone, and at
/// the levels of a search, 0.05 over some forty candidates or less, would ask for tens of thousands of resamples. A search compares
/// means, of several trainings, whose chance is the greater part where there are many rows.
public struct PairedDifference: Hashable, Codable, Sendable {
  /// The mean difference; above 0 where the first scores higher.
  public private(set) var mean: Double
  /// Of the mean.
  public private(set) var standardError: Double
  /// Of Student's t, at least the smaller of replicates and rows less 1.
  public let degreesOfFreedom: Double

  /// - Parameters:
  ///   - first: the scores of each replicate, a row each; at least two replicates of two rows.
  ///   - second: as many. Others stop the program.
  public init(of first: [[Float]], minus second: [[Float]]) {
    let rows = first.first?.count ?? 0
    require(
      first.count >= 2 && rows >= 2
        && first.map(\.count) == [Int](repeating: rows, count: second.count)
        && second.map(\.count) == first.map(\.count),
      "PairedDifference: scores of \(first.map(\.count)) and \(second.map(\.count)) rows; expected at least 2 replicates of both, of as many rows, at least 2"
    )
    let (replicates, rowCount) = (Double(first.count), Double(rows))
    var rowMeans = [Double](repeating: 0, count: rows)
    var replicateMeans: [Double] = []
    for (a, b) in zip(first, second) {
      var sum = 0.0
      for row in 0..<rows {
        let difference = Double(a[row]) - Double(b[row])
        rowMeans[row] += difference
        sum += difference
      }
      replicateMeans.append(sum / rowCount)
    }
    for row in 0..<rows { rowMeans[row] /= replicates }
    mean = replicateMeans.reduce(0, +) / replicates
    let ofReplicates = Self.varianceOfMean(replicateMeans)
    let ofRows = Self.varianceOfMean(rowMeans)
    let variance = ofReplicates + ofRows
    standardError = variance.squareRoot()
    degreesOfFreedom =
      variance > 0
      ? variance * variance
        / (ofReplicates * ofReplicates / (replicates - 1) + ofRows * ofRows / (rowCount - 1))
      : replicates - 1
  }

  /// That of the means over draws, where the scores are sums over them.
  func divided(by draws: Int) -> PairedDifference {
    var difference = self
    difference.mean /= Double(draws)
    difference.standardError /= Double(draws)
    return difference
  }

  private static func varianceOfMean(_ values: [Double]) -> Double {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) / count
  }

  /// The number that the true difference lies below with at most a probability.
  ///
  /// - Parameter failureProbability: above 0 and at most ½; another stops the program.
  public func lowerBound(failureProbability: Double) -> Double {
    mean - quantile(failureProbability) * standardError
  }

  /// The interval that holds the true difference but for a probability, half of it on each side.
  ///
  /// - Parameter failureProbability: above 0 and below 1; another stops the program.
  public func interval(failureProbability: Double) -> ClosedRange<Double> {
    requireProbability(failureProbability, "PairedDifference.interval", "failureProbability")
    let half = quantile(failureProbability / 2) * standardError
    return mean - half...mean + half
  }

  /// The number that Student's t exceeds with a probability: t² / (ν + t²) has the distribution Beta(½, ν / 2).
  private func quantile(_ probability: Double) -> Double {
    require(
      probability > 0 && probability <= 0.5,
      "PairedDifference: failureProbability is \(probability); expected above 0 and at most 0.5")
    if probability == 0.5 { return 0 }
    // Beyond a million degrees of freedom t is normal to nine digits.
    let freedom = min(degreesOfFreedom, 1e6)
    let share = IncompleteBeta.quantile(1 - 2 * probability, 0.5, freedom / 2)
    return (freedom * share / (1 - share)).squareRoot()
  }
}
