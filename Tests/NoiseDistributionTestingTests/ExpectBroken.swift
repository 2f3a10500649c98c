import NoiseDistributionTesting
import NoiseDistributions
import Testing

/// Expects that exactly these rules are broken; details of the first that say so.
func expect(
  _ distribution: any NoiseDistribution, kurtosis: Double = 100, breaks rules: ConformanceRule...,
  saying phrase: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let error = #expect(throws: ConformanceError.self, sourceLocation: sourceLocation) {
    try checkConformance(of: distribution, kurtosis: kurtosis)
  }
  guard let error else { return }
  #expect(
    error.broken.map(\.rule) == rules, "\(error.report)", sourceLocation: sourceLocation)
  #expect(
    error.broken.first?.details.contains(phrase) == true, "\(error)",
    sourceLocation: sourceLocation)
  #expect("\(error)".contains("\(rules[0]): broken: "), sourceLocation: sourceLocation)
}
