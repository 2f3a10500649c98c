/// Points that belong together: one name in the legend, one colour, one shape.
public struct Series: Equatable, Sendable {
  /// How the points are shown.
  public enum Mark: Equatable, Sendable {
    case dots
    /// Dots joined from left to right.
    case line
    /// A line from left to right, without dots.
    case curve
    /// Upright, about each point, so wide in the horizontal axis' unit; from 0 (on a logarithmic scale from the
    /// axis) to the value, in a chart of values.
    case columns(width: Double)
    /// From 0 (on a logarithmic scale from the axis) to the value, in a chart of categories.
    /// Series with bars share a category's height.
    case bars
    /// Short upright strokes in the colour of text, whatever the style, each at its value in a chart of categories:
    /// what is nobody's own, such as a target.
    case strokes
  }

  /// How it looks among the others.
  public enum Style: Equatable, Sendable {
    /// Larger, in the strongest colour, above the others.
    case emphasised
    /// Colour and shape of this number, from 0; they repeat after `Palette.count`.
    case ordinary(Int)
  }

  /// Its name in the legend. Series of one name in several charts have one entry.
  public var name: String
  public var mark: Mark
  public var style: Style
  public var points: [Point]

  public init(_ name: String, _ mark: Mark, _ style: Style, _ points: [Point]) {
    self.name = name
    self.mark = mark
    self.style = style
    self.points = points
  }
}

/// One value of a series.
public struct Point: Equatable, Sendable {
  /// On the horizontal axis.
  public var x: Double
  /// On the vertical axis; the category's index where that has categories.
  public var y: Double
  /// Written beside it; empty for none.
  public var label: String
  /// What a reader sees who points at it; empty for none.
  public var description: String
  /// Where the value lies with confidence, on the axis of values: the vertical one, in a chart of categories the
  /// horizontal one. A line or a curve whose points have intervals lies in a band; dots have whiskers.
  public var interval: ClosedRange<Double>?

  public init(
    x: Double, y: Double, interval: ClosedRange<Double>? = nil, label: String = "",
    description: String = ""
  ) {
    self.x = x
    self.y = y
    self.interval = interval
    self.label = label
    self.description = description
  }
}
