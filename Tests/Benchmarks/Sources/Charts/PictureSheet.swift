/// Rows of pictures under one title, each with a name at its left.
public struct PictureSheet: Equatable, Sendable {
  /// Pictures side by side.
  public struct Row: Equatable, Sendable {
    public var name: String
    /// In a word or two below the name; empty for none.
    public var note: String
    public var pictures: [Picture]

    public init(_ name: String, note: String = "", _ pictures: [Picture]) {
      self.name = name
      self.note = note
      self.pictures = pictures
    }
  }

  public var title: String
  /// What is seen, in a sentence or two, below the title. Empty for none.
  public var caption: String
  public var rows: [Row]

  public init(title: String, caption: String = "", rows: [Row]) {
    self.title = title
    self.caption = caption
    self.rows = rows
  }

  /// The sheet as an SVG document of its own, on light ground and, where the reader prefers it, on dark.
  ///
  /// - Parameter width: in pixels; it grows and shrinks with the page that shows it.
  public func svg(width: Double = 720) -> String {
    var canvas = Canvas()
    var y = Figure.margin
    canvas.heading(title: title, caption: caption, width: width, y: &y)
    let size = Stylesheet.textSize
    let names = rows.map { TextWidth.of($0.name, size: size * 1.06) }
    let notes = rows.map { TextWidth.of($0.note, size: size) }
    let left = Figure.margin + ((names + notes).max() ?? 0) + 14
    let count = Double(rows.map(\.pictures.count).max() ?? 0)
    let room = (width - Figure.margin - left - 12 * (count - 1)) / max(count, 1)
    // Pixels of one size, whole ones where the sheet is shown at its own.
    let columns = Double(rows.first?.pictures.first?.columns ?? 1)
    let side = max(1, (min(132, room) / columns).rounded(.down)) * columns
    for row in rows {
      y += 14
      canvas.text(row.name, x: Figure.margin, y: y + 12 + side / 2 - 3, kind: "strong")
      canvas.text(row.note, x: Figure.margin, y: y + 12 + side / 2 + 12, kind: "quiet")
      for (column, picture) in row.pictures.enumerated() {
        let box = Rectangle(
          left: left + Double(column) * (side + 12), top: y + 6, width: side, height: side)
        canvas.text(picture.label, x: box.left + side / 2, y: y, .middle, kind: "quiet")
        picture.draw(in: box, on: &canvas)
      }
      y += side + 10
    }
    return canvas.document(title: title, caption: caption, width: width, height: y + 6)
  }
}
