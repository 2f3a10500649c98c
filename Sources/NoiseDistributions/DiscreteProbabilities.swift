/// P(X ≤ x) of a single value.
func stepProbability(_ x: Double, at value: Double) -> Double {
  x.isNaN ? x : x >= value ? 1 : 0
}

extension CumulativeDistribution {
  /// The least of its values, given in ascending order, whose cumulative probability is at least p.
  func leastValue(of values: [Float], reaching p: Float) -> Float {
    values.first { cumulativeProbability(Double($0)) >= Double(p) } ?? values.last!
  }
}
