import Mustache

/// A text for the reader. The template writes what HTML reserves as references; what would turn the direction of writing, or act on
/// a terminal, is shown as an escape.
struct PageText: ExpressibleByStringInterpolation, MustacheCustomRenderable {
  let renderText: String
  let isNull = false

  init(_ text: String) { renderText = text.printable }
  init(stringLiteral text: String) { self.init(text) }
}

/// What is HTML or SVG already, made by this program, with the texts in it escaped.
struct Markup: MustacheCustomRenderable {
  let renderText: String
  let isNull = false

  init(_ text: String) { renderText = text }
}
