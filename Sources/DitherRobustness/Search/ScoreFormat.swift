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

    /// A difference with the ends of its interval, each with its sign.
    func difference(_ value: Double, _ lower: Double, _ upper: Double) -> String {
      let texts = [value, lower, upper].map { number in
        Self.signed(self == .percent ? Self.decimals(100 * number, 1) : Self.decimals(number, 3))
      }
      return "\(texts[0])\(self == .percent ? " points" : "") (\(texts[1]) to \(texts[2]))"
    }

    /// With a true minus sign, and none before 0.
    private static func decimals(_ value: Double, _ count: Int) -> String {
      let digits = String(format: "%.\(count)f", abs(value))
      return value < 0 && !isZero(digits) ? "−\(digits)" : digits
    }

    private static func signed(_ text: String) -> String {
      text.hasPrefix("−") || isZero(text) ? text : "+" + text
    }

    private static func isZero(_ text: String) -> Bool {
      !text.contains { "123456789".contains($0) }
    }
  }
}

extension Float {
  /// A scale for readers: `1`, `0.0625`; with three digits that count where it has more than four, as those have that a search came
  /// to.
  package var words: String {
    let exact = "\(self)"
    if exact.hasSuffix(".0") { return String(exact.dropLast(2)) }
    let digits = exact.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }
    return digits.count <= 4 ? exact : String(format: "%.3g", self)
  }
}
