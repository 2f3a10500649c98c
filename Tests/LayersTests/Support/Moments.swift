import TestSupport
import Testing

/// Expects the mean of independent values to be near its expectation. A right layer fails with a probability of at most 1e-9,
/// shared by as many checks as `checks` says.
///
/// - Parameters:
///   - variance: of a value, or of a value on average.
///   - bound: on a value's distance from its expectation.
func expectMean(
  _ values: some Collection<Double>, _ expected: Double, variance: Double, bound: Double,
  checks: Int = 1, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let mean = values.reduce(0, +) / Double(values.count)
  let threshold = Threshold.mean(
    count: values.count, variance: variance, bound: bound,
    rate: Threshold.failureRate / Double(checks))
  #expect(
    abs(mean - expected) <= threshold, "\(what): \(mean), expected \(expected) ± \(threshold)",
    sourceLocation: sourceLocation)
}

/// More than the greatest size of a standard normal draw.
let greatestNormal = 6.67
