extension Canvas {
  /// A title and a sentence or two below it, in lines that fit; `y` is moved on.
  mutating func heading(title: String, caption: String, width: Double, y: inout Double) {
    let room = width - 2 * Figure.margin
    for line in TextWidth.lines(title, size: Stylesheet.titleSize * 1.06, width: room) {
      y += Stylesheet.titleSize
      text(line, x: Figure.margin, y: y, kind: "title")
      y += 4
    }
    for line in TextWidth.lines(caption, size: Stylesheet.captionSize, width: room) {
      y += Stylesheet.captionSize + 2
      text(line, x: Figure.margin, y: y, kind: "caption quiet")
      y += 2
    }
    y += 8
  }

  /// The drawing as an SVG document of its own, in colours for light ground and, where the reader prefers it, for dark.
  func document(title: String, caption: String, width: Double, height: Double) -> String {
    var ground = Canvas()
    ground.rectangle(Rectangle(left: 0, top: 0, width: width, height: height), kind: "ground")
    let parts =
      [
        XML.element("title", [:], XML.escaped(title)),
        caption.isEmpty ? "" : XML.element("desc", [:], XML.escaped(caption)),
        "<style>\n\(Stylesheet.text)\n</style>", Stylesheet.definitions,
      ] + ground.elements + elements
    let size = (Canvas.number(width), Canvas.number(height))
    return XML.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(size.0) \(size.1)",
        "width": size.0, "height": size.1, "role": "img",
      ], "\n" + parts.filter { !$0.isEmpty }.joined(separator: "\n") + "\n") + "\n"
  }
}
