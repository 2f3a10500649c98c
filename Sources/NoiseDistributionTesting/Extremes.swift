package import NoiseDistributions

/// Rows that hold the least and the greatest uniform, 2⁻²⁴ and 1 − 2⁻²⁴, in plane 0: found by search in stream version 1.
package enum ExtremeAddress {
  /// The rows' first, and the columns of the matrix.
  package static let all: [(row: Int, columns: Int, isLeast: Bool)] = [
    (85_543, 64, true), (106_196, 64, false), (260_833, 16, true), (741_452, 16, false),
  ]

  package static func address(_ extreme: (row: Int, columns: Int, isLeast: Bool)) -> NoiseAddress {
    NoiseStream(seed: 0).in(.evaluation).rows(from: extreme.row).address(
      of: "extremes", rows: 1, columns: extreme.columns)
  }
}

extension Conformance {
  private var mayBeInfinite: Bool {
    !distribution.mean.isFinite || !distribution.variance.isFinite
  }

  func finite(_ sample: Sample) -> Verdict {
    for matrix in sample.everyMatrix {
      let undefined = matrix.all.count { $0.isNaN }
      if undefined > 0 { return .broken("of \(matrix.name), \(undefined) are NaN") }
      let infinite = matrix.all.count { $0.isInfinite }
      if infinite > 0 && !mayBeInfinite {
        return .broken(
          "of \(matrix.name), \(infinite) are infinite, though mean and variance are stated as "
            + "\(distribution.mean) and \(distribution.variance)")
      }
    }
    let count = sample.everyMatrix.reduce(0) { $0 + $1.all.count }
    return .holds("\(count) draws in \(sample.everyMatrix.count) matrices")
  }

  func extremes(_ quantiles: QuantileTable?) -> Verdict {
    for extreme in ExtremeAddress.all {
      let draws = filled(at: ExtremeAddress.address(extreme))
      if let draw = draws.first(where: { $0.isNaN || $0.isInfinite && !mayBeInfinite }) {
        return .broken(
          "\(draw) is drawn in a row that holds the \(extreme.isLeast ? "least" : "greatest") "
            + "uniform, \(extreme.isLeast ? "2^-24" : "1 - 2^-24")")
      }
    }
    guard let quantiles else { return .holds("rows with the least and the greatest uniform") }
    if let (p, value) = quantiles.firstUndefined(infinityAllowed: mayBeInfinite) {
      return .broken("the quantile of \(p) is \(value)")
    }
    return .holds(
      "rows with the least and the greatest uniform; quantiles from \(quantiles.values[0]) to "
        + "\(quantiles.values.last!)")
  }
}
