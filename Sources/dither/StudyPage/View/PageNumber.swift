import DitherCharts
import Foundation

/// How a number is written for readers.
enum PageNumber {
  /// A share, as a percentage with one decimal: `93.2 %`.
  case percent
  /// The same where the caption says that it is one: `93.2`.
  case inPercent
  /// A difference of shares, in percentage points with a sign: `+1.3`.
  case points
  /// Three digits that count: `0.3`, `1.87`, `1,870`.
  case short
  /// All digits.
  case plain
  /// With one decimal.
  case tenths

  func text(_ value: Double) -> String {
    switch self {
    case .percent: NumberText.decimals(100 * value, 1) + " %"
    case .inPercent: NumberText.decimals(100 * value, 1)
    case .points: signed(NumberText.decimals(100 * value, 1), value)
    case .short: Self.short(value)
    case .plain: NumberText.exact(value)
    case .tenths: NumberText.decimals(value, 1)
    }
  }

  /// `91.0 to 95.1`.
  func interval(_ estimate: StudyReport.Estimate) -> String {
    let ends = [estimate.lower, estimate.upper].map { end in
      self == .percent ? NumberText.decimals(100 * end, 1) : text(end)
    }
    return "\(ends[0]) to \(ends[1])"
  }

  private func signed(_ text: String, _ value: Double) -> String {
    value > 0 && text.contains { "123456789".contains($0) } ? "+" + text : text
  }

  private static func short(_ value: Double) -> String {
    // What is left of a sum that should be 0 is 0 for the reader.
    if abs(value) < 1e-12 { return "0" }
    let exact = NumberText.exact(value)
    if exact.count <= 6 || !value.isFinite { return exact }
    let text = NumberText.short(value)
    if text.contains(where: { "123456789".contains($0) }), text.contains(".") {
      let whole = text.reversed().drop { $0 == "0" }
      return String((whole.first == "." ? whole.dropFirst() : whole).reversed())
    }
    return text.contains { "123456789".contains($0) }
      ? text : String(format: "%.3g", value).replacingOccurrences(of: "-", with: "−")
  }
}
