/// Several series of points between two axes. The vertical axis has values, or categories from top to bottom.
public struct Chart: Equatable, Sendable {
  /// Written above it; empty for none.
  public var title: String
  public var horizontal: Axis
  public var vertical: VerticalAxis
  /// Drawn in their order, emphasised ones after the others, strokes last.
  public var series: [Series]
  /// Lines across the chart at a value of interest.
  public var rules: [Rule]

  public init(
    title: String = "", horizontal: Axis, vertical: VerticalAxis, series: [Series],
    rules: [Rule] = []
  ) {
    self.title = title
    self.horizontal = horizontal
    self.vertical = vertical
    self.series = series
    self.rules = rules
  }
}

/// What the vertical axis holds.
public enum VerticalAxis: Equatable, Sendable {
  case values(Axis)
  /// A line a category, from top to bottom. A point's `y` is the category's index.
  case categories([String])
}

/// An axis of numbers.
public struct Axis: Equatable, Sendable {
  /// What the numbers are, with their unit; empty for none.
  public var label: String
  public var scale: Scale
  /// Where to write values instead of at round ones. As many are written as fit.
  public var ticks: [Double]?
  /// Follows each written value, such as " %".
  public var suffix: String
  /// Whether dots beyond the ends of a horizontal axis are shown as arrows there, not left out.
  public var pointsBeyond: Bool

  public init(
    _ label: String = "", _ scale: Scale, ticks: [Double]? = nil, suffix: String = "",
    pointsBeyond: Bool = false
  ) {
    self.label = label
    self.scale = scale
    self.ticks = ticks
    self.suffix = suffix
    self.pointsBeyond = pointsBeyond
  }
}

/// A line across the chart at one value of the horizontal or the vertical axis.
public struct Rule: Equatable, Sendable {
  public enum Direction: Equatable, Sendable {
    /// At a value of the horizontal axis, from top to bottom.
    case vertical
    /// At a value of the vertical axis, from left to right.
    case horizontal
  }

  /// Its name in the legend.
  public var name: String
  public var direction: Direction
  public var value: Double

  public init(_ name: String, _ direction: Direction, at value: Double) {
    self.name = name
    self.direction = direction
    self.value = value
  }
}
