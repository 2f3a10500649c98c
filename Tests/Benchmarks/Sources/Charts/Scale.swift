import Foundation

/// How values are placed along an axis: in proportion, or in proportion to their logarithm.
public struct Scale: Equatable, Sendable {
  /// Equal steps stand for equal differences, or for equal factors.
  public enum Kind: Equatable, Sendable {
    case linear, logarithmic
  }

  public let kind: Kind
  /// The value at the axis's beginning.
  public let lower: Double
  /// The value at its end.
  public let upper: Double

  /// - Parameters:
  ///   - lower: finite; above 0 on a logarithmic scale.
  ///   - upper: finite, above `lower`.
  public init(_ kind: Kind, from lower: Double, to upper: Double) {
    guard lower.isFinite, upper.isFinite, lower < upper, kind == .linear || lower > 0 else {
      fatalError("Scale: from \(lower) to \(upper); expected finite, ascending, above 0 for logs")
    }
    self.kind = kind
    self.lower = lower
    self.upper = upper
  }

  /// The scale on which all values have a place, and some room at the ends that are not 0. Values that the
  /// kind cannot place (not finite; on a logarithmic scale 0 and below) are ignored; without any, it is 0 to
  /// 1, or 1 to 10.
  public init(_ kind: Kind, holding values: [Double]) {
    let placeable = values.filter { $0.isFinite && (kind == .linear || $0 > 0) }
    guard let least = placeable.min(), let greatest = placeable.max() else {
      self.init(kind, from: kind == .linear ? 0 : 1, to: kind == .linear ? 1 : 10)
      return
    }
    switch kind {
    case .linear:
      let span = greatest > least ? greatest - least : max(abs(least), 1)
      let room = greatest > least ? span * 0.04 : span * 0.5
      self.init(
        kind, from: least == 0 ? 0 : least - room, to: greatest == 0 ? 0 + room : greatest + room)
    case .logarithmic:
      let factor = greatest > least ? pow(greatest / least, 0.04) : 2
      self.init(kind, from: least / factor, to: greatest * factor)
    }
  }

  /// Where the value is: 0 at the beginning, 1 at the end, beyond these outside; nil for a value without a place.
  public func position(of value: Double) -> Double? {
    switch kind {
    case .linear:
      value.isFinite ? (value - lower) / (upper - lower) : nil
    case .logarithmic:
      value.isFinite && value > 0 ? log(value / lower) / log(upper / lower) : nil
    }
  }
}
