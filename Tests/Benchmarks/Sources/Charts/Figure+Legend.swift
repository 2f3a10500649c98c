extension Figure {
  /// A name and what is drawn for it.
  private enum Entry: Equatable {
    case series(String, Series.Mark, Series.Style)
    case rule(String, Int, Rule.Direction)

    var name: String {
      switch self {
      case .series(let name, _, _), .rule(let name, _, _): name
      }
    }
  }

  /// Series and rules of all charts, each name once, in the order in which they come.
  private var entries: [Entry] {
    var names: Set<String> = []
    let series = charts.flatMap(\.series).filter { !$0.points.isEmpty }
      .map { Entry.series($0.name, $0.mark, $0.style) }
    let rules = charts.flatMap { $0.rules.enumerated() }
      .map { Entry.rule($0.element.name, $0.offset, $0.element.direction) }
    return (series + rules).filter { !$0.name.isEmpty && names.insert($0.name).inserted }
  }

  func drawLegend(on canvas: inout Canvas, width: Double, y: inout Double) {
    let entries = entries
    guard !entries.isEmpty else { return }
    let keyWidth = 20.0
    var x = Figure.margin
    y += 10
    for entry in entries {
      let strong = if case .series(_, _, .emphasised) = entry { true } else { false }
      let needed =
        keyWidth + TextWidth.of(entry.name, size: Stylesheet.textSize * (strong ? 1.06 : 1))
      if x > Figure.margin && x + needed > width - Figure.margin {
        x = Figure.margin
        y += 18
      }
      drawKey(entry, x: x + keyWidth / 2 - 3, y: y - 4, on: &canvas)
      canvas.text(entry.name, x: x + keyWidth - 2, y: y, kind: strong ? "strong" : "")
      x += needed + 12
    }
    y += 12
  }

  private func drawKey(_ entry: Entry, x: Double, y: Double, on canvas: inout Canvas) {
    switch entry {
    case .series(_, .dots, let style):
      canvas.mark(style, x: x, y: y)
    case .series(_, .line, let style):
      canvas.path([(x - 7, y), (x + 7, y)], kind: "joined " + Palette.name(style))
      canvas.mark(style, x: x, y: y)
    case .series(_, .curve, let style):
      canvas.path([(x - 7, y), (x + 7, y)], kind: "joined " + Palette.name(style))
    case .series(_, .columns, let style):
      canvas.columns(
        [Rectangle(left: x - 6, top: y - 4, width: 12, height: 8)], kind: Palette.name(style))
    case .series(_, .strokes, _):
      canvas.stroke(x: x, y: y, height: 12)
    case .series(_, .bars, let style):
      canvas.rectangle(
        Rectangle(left: x - 6, top: y - 4, width: 12, height: 8), kind: Palette.name(style))
    case .rule(_, let index, .horizontal):
      canvas.line(fromX: x - 7, fromY: y, toX: x + 7, toY: y, kind: "rule\(index % 3)")
    case .rule(_, let index, .vertical):
      canvas.line(fromX: x, fromY: y - 6, toX: x, toY: y + 6, kind: "rule\(index % 3)")
    }
  }
}
