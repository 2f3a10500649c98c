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
    let first = ["<style>\n\(Stylesheet.text)\n</style>", Stylesheet.definitions]
    let size = (Canvas.number(width), Canvas.number(height))
    return svg(
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(size.0) \(size.1)",
        "width": size.0, "height": size.1, "role": "img",
      ], title: title, caption: caption, first + ground.elements) + "\n"
  }

  /// The drawing as an element of a page that has its styles and shapes.
  func element(title: String, caption: String, width: Double, height: Double) -> String {
    let size = (Canvas.number(width), Canvas.number(height))
    return svg(
      ["class": "chart", "viewBox": "0 0 \(size.0) \(size.1)", "role": "img"], title: title,
      caption: caption, [])
  }

  private func svg(
    _ attributes: KeyValuePairs<String, String>, title: String, caption: String, _ first: [String]
  ) -> String {
    let parts =
      [
        XML.element("title", [:], XML.escaped(title)),
        caption.isEmpty ? "" : XML.element("desc", [:], XML.escaped(caption)),
      ] + first + elements
    return XML.element(
      "svg", attributes, "\n" + parts.filter { !$0.isEmpty }.joined(separator: "\n") + "\n")
  }
}
