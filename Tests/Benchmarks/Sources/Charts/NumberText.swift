import Foundation

/// A number as a reader expects it: thousands apart, no needless zeros, a true minus sign.
public enum NumberText {
  /// All digits that the number has: `1,048,576`, `0.05`, `2.5`.
  public static func exact(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "−∞" : "∞" }
    if abs(value) >= 1e15 || (value != 0 && abs(value) < 1e-4) { return "\(value)" }
    if value == value.rounded() { return decimals(value, 0) }
    let digits = abs(value).description.split(separator: ".", maxSplits: 1)
    return decimals(value, digits.count == 2 ? digits[1].count : 0)
  }

  /// Three digits that count, or all before the point: `187`, `18.7`, `1.87`, `0.187`, `1,870`.
  public static func short(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return exact(value) }
    let magnitude = Int(log10(abs(value)).rounded(.down))
    return decimals(value, min(max(2 - magnitude, 0), 6))
  }

  /// With so many digits after the point.
  public static func decimals(_ value: Double, _ count: Int) -> String {
    guard value.isFinite else { return exact(value) }
    let plain = String(format: "%.\(count)f", abs(value))
    let parts = plain.split(separator: ".")
    var whole = ""
    for (index, digit) in parts[0].enumerated() {
      if index > 0 && (parts[0].count - index) % 3 == 0 { whole.append(",") }
      whole.append(digit)
    }
    let isZero = !plain.contains { "123456789".contains($0) }
    return (value < 0 && !isZero ? "−" : "") + whole + (parts.count == 2 ? "." + parts[1] : "")
  }
}
