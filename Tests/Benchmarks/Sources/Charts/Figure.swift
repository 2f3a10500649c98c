/// Charts side by side under one title and one legend.
///
/// Charts of one row whose vertical axes are equal share the labels of the first.
public struct Figure: Equatable, Sendable {
  public var title: String
  /// What is seen, in a sentence or two, below the title. Empty for none.
  public var caption: String
  public var charts: [Chart]
  /// Charts in a row.
  public var columns: Int
  /// Height of a chart whose vertical axis has values, without axes and title.
  public var height: Double

  public init(
    title: String, caption: String = "", charts: [Chart], columns: Int = 1, height: Double = 240
  ) {
    guard columns >= 1 else { fatalError("Figure: \(columns) columns; expected at least 1") }
    self.title = title
    self.caption = caption
    self.charts = charts
    self.columns = columns
    self.height = height
  }
}
