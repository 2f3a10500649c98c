import Foundation

/// A rectangle, in pixels from the figure's upper left corner.
struct Rectangle: Equatable {
  var left: Double
  var top: Double
  var width: Double
  var height: Double

  var right: Double { left + width }
  var bottom: Double { top + height }
}

/// Elements of a drawing, in the order in which they are painted.
struct Canvas {
  private(set) var elements: [String] = []

  enum Anchor: String {
    case start, middle, end
  }

  /// Tenths of a pixel are enough.
  static func number(_ value: Double) -> String {
    let tenths = (value * 10).rounded()
    return tenths.remainder(dividingBy: 10) == 0
      ? String(Int(tenths / 10)) : String(format: "%.1f", tenths / 10)
  }

  mutating func text(
    _ text: String, x: Double, y: Double, _ anchor: Anchor = .start, kind: String = "",
    turned: Bool = false
  ) {
    guard !text.isEmpty else { return }
    let place = turned ? "rotate(-90 \(Canvas.number(x)) \(Canvas.number(y)))" : ""
    var attributes = "x=\"\(Canvas.number(x))\" y=\"\(Canvas.number(y))\""
    if anchor != .start { attributes += " text-anchor=\"\(anchor.rawValue)\"" }
    if !kind.isEmpty { attributes += " class=\"\(kind)\"" }
    if turned { attributes += " transform=\"\(place)\"" }
    elements.append("<text \(attributes)>\(XML.escaped(text))</text>")
  }

  mutating func line(
    fromX: Double, fromY: Double, toX: Double, toY: Double, kind: String
  ) {
    elements.append(
      XML.element(
        "path",
        [
          "class": kind,
          "d": "M\(Canvas.number(fromX)) \(Canvas.number(fromY))"
            + "L\(Canvas.number(toX)) \(Canvas.number(toY))",
        ]))
  }

  /// A line through the points, not filled.
  mutating func path(_ points: [(x: Double, y: Double)], kind: String) {
    guard points.count > 1 else { return }
    let joined = points.map { "\(Canvas.number($0.x)) \(Canvas.number($0.y))" }
      .joined(separator: "L")
    elements.append(XML.element("path", ["class": kind, "d": "M" + joined]))
  }

  mutating func rectangle(_ box: Rectangle, kind: String, description: String = "") {
    elements.append(
      XML.element(
        "rect",
        [
          "class": kind, "x": Canvas.number(box.left), "y": Canvas.number(box.top),
          "width": Canvas.number(box.width), "height": Canvas.number(box.height),
        ], Canvas.title(description)))
  }

  /// Rectangles of one colour that lets the grid through, as one element.
  mutating func columns(_ boxes: [Rectangle], kind: String) {
    let joined = boxes.filter { $0.height >= 0.05 }.map { box in
      let (width, height) = (Canvas.number(box.width), Canvas.number(box.height))
      return
        "M\(Canvas.number(box.left)) \(Canvas.number(box.bottom))v-\(height)h\(width)v\(height)z"
    }
    guard !joined.isEmpty else { return }
    elements.append(
      XML.element(
        "path",
        ["class": kind, "style": "stroke:none;fill-opacity:.6", "d": joined.joined()]))
  }

  /// The ground between two lines of as many points, in a colour that lets what is behind it through.
  mutating func band(
    _ lower: [(x: Double, y: Double)], _ upper: [(x: Double, y: Double)], kind: String
  ) {
    guard lower.count > 1 else { return }
    let joined = (upper + lower.reversed())
      .map { "\(Canvas.number($0.x)) \(Canvas.number($0.y))" }.joined(separator: "L")
    elements.append(XML.element("path", ["class": "band " + kind, "d": "M" + joined + "z"]))
  }

  /// Paths without a fill in units of their own, from a point on.
  mutating func group(
    _ paths: [String], left: Double, top: Double, scaleX: Double, scaleY: Double
  ) {
    let place = "translate(\(Canvas.number(left)) \(Canvas.number(top)))"
    elements.append(
      XML.element(
        "g",
        [
          "transform": "\(place) scale(\(scaleX) \(scaleY))", "fill": "none",
          "shape-rendering": "crispEdges",
        ], paths.joined()))
  }

  /// A line around a rectangle.
  mutating func frame(_ box: Rectangle) {
    let (width, height) = (Canvas.number(box.width), Canvas.number(box.height))
    elements.append(
      XML.element(
        "path",
        [
          "class": "axis",
          "d":
            "M\(Canvas.number(box.left)) \(Canvas.number(box.top))h\(width)v\(height)h-\(width)z",
        ]))
  }

  /// The shape of a style, its middle at the point.
  mutating func mark(_ style: Series.Style, x: Double, y: Double, description: String = "") {
    let name = Palette.name(style)
    elements.append(
      XML.element(
        "use",
        ["href": "#\(name)", "class": name, "x": Canvas.number(x), "y": Canvas.number(y)],
        Canvas.title(description)))
  }

  /// An upright stroke in the colour of text, its middle at the point.
  mutating func stroke(x: Double, y: Double, height: Double, description: String = "") {
    let (top, bottom) = (Canvas.number(y - height / 2), Canvas.number(y + height / 2))
    elements.append(
      XML.element(
        "path",
        [
          "class": "rule0", "style": "stroke-dasharray:none;stroke-width:2",
          "d": "M\(Canvas.number(x)) \(top)V\(bottom)",
        ], Canvas.title(description)))
  }

  /// An arrowhead in a style's colour, its tip at the point: the value lies further on.
  mutating func arrow(
    _ style: Series.Style, x: Double, y: Double, toRight: Bool, description: String
  ) {
    let back = Canvas.number(x + (toRight ? -4 : 4))
    let (top, bottom) = (Canvas.number(y - 3.5), Canvas.number(y + 3.5))
    elements.append(
      XML.element(
        "path",
        [
          "class": "beyond \(Palette.name(style))",
          "d": "M\(back) \(top)L\(Canvas.number(x)) \(Canvas.number(y))L\(back) \(bottom)",
        ], Canvas.title(description)))
  }

  private static func title(_ description: String) -> String {
    description.isEmpty ? "" : XML.element("title", [:], XML.escaped(description))
  }
}
