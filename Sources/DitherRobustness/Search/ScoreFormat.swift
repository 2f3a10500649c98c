import Foundation

extension NoiseSearchResult {
  /// How a text writes scores and their differences.
  public enum ScoreFormat: Sendable {
    /// With three decimals: `0.879`.
    case number
    /// Shares of the rows, in percent with one decimal: `87.9 %`; their differences in percentage points.
    case percent

    func text(_ score: Double) -> String {
      switch self {
      case .number: Self.decimals(score, 3)
      case .percent: "\(Self.decimals(100 * score, 1)) %"
      }
    }

    /// A difference with the ends of its interval.
    func difference(_ value: Double, _ lower: Double, _ upper: Double) -> String {
      let texts = [value, lower, upper].map { number in
        self == .percent ? Self.decimals(100 * number, 1) : Self.decimals(number, 3)
      }
      return "\(texts[0])\(self == .percent ? " points" : "") (\(texts[1]) to \(texts[2]))"
    }

    /// With a true minus sign, and none before 0.
    private static func decimals(_ value: Double, _ count: Int) -> String {
      let digits = String(format: "%.\(count)f", abs(value))
      let isZero = !digits.contains { "123456789".contains($0) }
      return value < 0 && !isZero ? "−\(digits)" : digits
    }
  }
}
