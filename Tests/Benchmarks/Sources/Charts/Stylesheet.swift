/// What every figure begins with: the colours for light and for dark ground, the text's sizes, the shapes.
enum Stylesheet {
  static let titleSize = 16.0
  static let captionSize = 12.0
  static let textSize = 11.0

  static let text: String = {
    let styles: [Series.Style] =
      [.emphasised] + (0..<Palette.count).map { Series.Style.ordinary($0) }
    func colours(_ ground: KeyPath<Palette.Colour, String>) -> String {
      var rules = [
        ".ground{fill:\(Palette.ground[keyPath: ground])}",
        "text{fill:\(Palette.ink[keyPath: ground])}",
        ".quiet{fill:\(Palette.quiet[keyPath: ground])}",
        ".grid{stroke:\(Palette.grid[keyPath: ground])}",
        ".axis{stroke:\(Palette.quiet[keyPath: ground])}",
        ".rule0,.rule1,.rule2{stroke:\(Palette.ink[keyPath: ground])}",
        ".halo{stroke:\(Palette.ground[keyPath: ground])}",
      ]
      for style in styles {
        let colour = Palette.look(style).colour[keyPath: ground]
        rules.append(".\(Palette.name(style)){fill:\(colour);stroke:\(colour)}")
      }
      return rules.joined(separator: "\n")
    }
    return """
      text{font-family:system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;\
      font-size:\(Int(textSize))px}
      .title{font-size:\(Int(titleSize))px;font-weight:600}
      .caption{font-size:\(Int(captionSize))px}
      .strong{font-weight:600}
      .grid,.axis{stroke-width:1;fill:none}
      .rule0,.rule1,.rule2{stroke-width:1.2;fill:none}
      path.beyond{fill:none;stroke-width:1.7}
      .rule0{stroke-dasharray:5 3}
      .rule1{stroke-dasharray:1.5 2.5}
      .rule2{stroke-dasharray:8 3 2 3}
      path.joined{fill:none;stroke-width:1.4;stroke-opacity:.75}
      path.joined.e{stroke-width:2.6;stroke-opacity:1}
      path.band{stroke:none;fill-opacity:.18}
      \(colours(\.light))
      @media (prefers-color-scheme:dark){
      \(colours(\.dark))
      }
      """
  }()

  /// The same rules, for the elements alone that a selector before them chooses.
  static func text(within scope: String) -> String {
    text.split(separator: "\n").map { line in
      guard let brace = line.firstIndex(of: "{"), !line.hasPrefix("@") else { return String(line) }
      let selectors = line[..<brace].split(separator: ",").map { "\(scope) \($0)" }
      return selectors.joined(separator: ",") + line[brace...]
    }.joined(separator: "\n")
  }

  /// The shapes, each about its middle.
  static let definitions: String = {
    var shapes = [
      "<circle id=\"\(Palette.name(.emphasised))\" class=\"halo\" stroke-width=\"1\" r=\"4.8\"/>"
    ]
    for index in 0..<Palette.count {
      let style = Series.Style.ordinary(index)
      shapes.append(element(Palette.look(style).shape, name: Palette.name(style)))
    }
    return "<defs>" + shapes.joined() + "</defs>"
  }()

  private static func element(_ shape: Palette.Shape, name: String) -> String {
    func filled(_ path: String) -> String {
      "<path id=\"\(name)\" stroke=\"none\" d=\"\(path)\"/>"
    }
    func stroked(_ path: String) -> String {
      "<path id=\"\(name)\" fill=\"none\" stroke-width=\"1.7\" d=\"\(path)\"/>"
    }
    switch shape {
    case .circle: return "<circle id=\"\(name)\" stroke=\"none\" r=\"3.4\"/>"
    case .square: return filled("M-3 -3H3V3H-3z")
    case .diamond: return filled("M0 -4.2L4.2 0L0 4.2L-4.2 0z")
    case .triangle: return filled("M0 -4.2L4 3H-4z")
    case .inverseTriangle: return filled("M0 4.2L4 -3H-4z")
    case .ring: return "<circle id=\"\(name)\" fill=\"none\" stroke-width=\"1.7\" r=\"3\"/>"
    case .plus: return stroked("M-4 0H4M0 -4V4")
    case .cross: return stroked("M-3.2 -3.2L3.2 3.2M-3.2 3.2L3.2 -3.2")
    case .bar: return stroked("M0 -4.5V4.5M-1.8 -4.5H1.8M-1.8 4.5H1.8")
    }
  }
}
