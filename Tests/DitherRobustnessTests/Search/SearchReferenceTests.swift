import DitherRobustness
import NoiseDistributions
import TestSupport
import Testing

@Suite("Intervals and the planted optimum are NumPy's and SciPy's")
struct SearchReferenceTests {
  private func lines(_ kind: String) throws -> [[String]] {
    try referenceLines(kind, in: "search")
  }

  @Test("A bootstrap's interval lies between numpy.quantile's of the resampled figures")
  func percentiles() throws {
    for line in try lines("percentiles") {
      let values = try decodeDoubles(line[1])
      let bootstrap = Bootstrap(
        resamples: values.count, confidence: try number(line[0]), noise: NoiseStream(seed: 1))
      // The first figure is that of the rows as they are.
      var figures = [0.5] + values
      let estimate = bootstrap.estimate(rows: 2) { _ in figures.removeFirst() }
      #expect(figures.isEmpty && estimate.value == 0.5)
      #expect(abs(estimate.interval.lowerBound - (try number(line[2]))) < 1e-12)
      #expect(abs(estimate.interval.upperBound - (try number(line[3]))) < 1e-12)
      #expect(abs(estimate.standardError - (try number(line[4]))) < 1e-12)
    }
  }

  @Test("A paired difference has SciPy's standard errors, degrees of freedom and Student's t")
  func paired() throws {
    for line in try lines("paired") {
      let (replicates, rows) = (try integer(line[0]), try integer(line[1]))
      func scores(_ text: String) throws -> [[Float]] {
        let values = try decodeFloats(text)
        return (0..<replicates).map { Array(values[$0 * rows..<($0 + 1) * rows]) }
      }
      let difference = PairedDifference(of: try scores(line[2]), minus: try scores(line[3]))
      let interval = difference.interval(failureProbability: try number(line[7]))
      let received = [
        difference.mean, difference.standardError, difference.degreesOfFreedom, interval.lowerBound,
        interval.upperBound,
      ]
      for (one, text) in zip(received, line[4...6] + line[8...9]) {
        let other = try number(text)
        #expect(abs(one - other) < 1e-9 * max(1, abs(other)), "\(replicates) of \(rows) rows")
      }
    }
  }

  @Test(
    "The planted regression's ridge and best scale are those of least squares and a bounded minimum"
  )
  func ridge() throws {
    for line in try lines("ridge") {
      let planted = PlantedRidge(
        testDeviation: Float(try number(line[0])), weights: try decodeFloats(line[1]),
        inputs: try decodeFloats(line[2]), targets: try decodeFloats(line[3]))
      let weights = planted.ridgeWeights(lambda: try number(line[4]))
      for (one, other) in zip(weights, try decodeDoubles(line[5])) {
        #expect(abs(one - other) < 1e-12)
      }
      // Scales are tried a factor of 1.002 apart; the least of a parabola is one of the nearest two.
      let ratio = planted.bestScale / (try number(line[6]))
      #expect(ratio > 1 / 1.0021 && ratio < 1.0021)
    }
  }
}
