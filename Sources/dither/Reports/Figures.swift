import Foundation

/// The interval that holds a share with 95 % of confidence: of Wilson, which has no share outside of 0 and 1.
///
/// Source: Wilson 1927, *Probable inference, the law of succession, and statistical inference*.
struct WilsonInterval {
  let lower: Double
  let upper: Double

  /// - Parameters:
  ///   - share: of rows that are right.
  ///   - rows: in all, 1 at least.
  init(share: Double, rows: Int) {
    let quantile = 1.959963984540054
    let (count, square) = (Double(rows), quantile * quantile)
    let middle = (share + square / (2 * count)) / (1 + square / count)
    let variance = share * (1 - share) / count + square / (4 * count * count)
    let half = quantile / (1 + square / count) * variance.squareRoot()
    (lower, upper) = (max(0, middle - half), min(1, middle + half))
  }
}

/// `96.7 % (83.3 to 99.4)`: a share of rows with its interval.
func percentage(_ share: Double, ofRows rows: Int) -> String {
  let interval = WilsonInterval(share: share, rows: rows)
  return "\(percent(share)) % (\(percent(interval.lower)) to \(percent(interval.upper)))"
}

/// `96.7`.
func percent(_ share: Double) -> String { String(format: "%.1f", 100 * share) }

/// Four decimals, or digits where the number is great.
func figure(_ number: Double) -> String {
  abs(number) < 1000 ? String(format: "%.4f", number) : String(format: "%.4g", number)
}
