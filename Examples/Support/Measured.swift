/// One figure of each seed, with their mean and half the width of its 95 % interval.
package struct Measured: Codable, Hashable, Sendable {
  package let seeds: [Double]
  package let mean: Double
  /// Nil for one seed.
  package let halfWidth: Double?

  /// - Parameter seeds: at least one.
  package init(_ seeds: [Double]) {
    let estimate = Estimate(seeds)
    self.seeds = seeds
    mean = estimate.mean
    halfWidth = estimate.halfWidth
  }

  /// The differences from another, seed by seed.
  package static func - (left: Measured, right: Measured) -> Measured {
    Measured(zip(left.seeds, right.seeds).map { $0 - $1 })
  }

  /// `4.52 ± 0.13`.
  package var text: String {
    ResultsFile.fixed(mean) + interval
  }

  /// The same with its sign, and a true minus.
  package var signedText: String {
    (mean < 0 ? "−" : "+") + ResultsFile.fixed(abs(mean)) + interval
  }

  private var interval: String { halfWidth.map { " ± " + ResultsFile.fixed($0) } ?? "" }
}
