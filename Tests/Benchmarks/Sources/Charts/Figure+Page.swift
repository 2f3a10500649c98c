/// What a page needs whose figures are part of it: written once, whatever their number.
public enum FigurePage {
  /// Rules for the page's stylesheet. They hold within figures alone.
  public static let stylesheet = Stylesheet.text(within: "svg.chart")

  /// The shapes that figures use, for the page's body.
  public static let definitions =
    "<svg class=\"chart\" width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\">"
    + Stylesheet.definitions + "</svg>"
}

extension Figure {
  /// The figure as an element of a page of HTML that holds what ``FigurePage`` gives. Title and caption are for those who
  /// hear the page: what the page shows of them is its own.
  ///
  /// - Parameter width: in pixels; it grows and shrinks with the page.
  public func element(width: Double = 360) -> String {
    var canvas = Canvas()
    var y = 0.0
    drawLegend(on: &canvas, width: width, y: &y)
    drawRows(on: &canvas, width: width, y: &y)
    return canvas.element(title: title, caption: caption, width: width, height: y + 4)
  }
}
