/// A table in Markdown, its columns aligned in the source, too.
struct MarkdownTable {
  enum Alignment {
    case left, right, middle
  }

  var columns: [(title: String, alignment: Alignment)]
  /// As many cells as columns each; empty ones are shown as such.
  var rows: [[String]] = []

  /// Columns whose cells are all empty are left out.
  var text: String {
    let kept = columns.indices.filter { column in rows.contains { !$0[column].isEmpty } }
    guard !kept.isEmpty else { return "" }
    let cells = ([columns.map(\.title)] + rows).map { row in
      kept.map { MarkdownTable.escaped(row[$0]) }
    }
    let widths = kept.indices.map { column in
      max(cells.map { $0[column].count }.max() ?? 0, 3)
    }
    var lines = cells.map { row in
      "| "
        + zip(row, kept.indices).map {
          MarkdownTable.padded($0, widths[$1], columns[kept[$1]].alignment)
        }.joined(separator: " | ") + " |"
    }
    let ruler = kept.indices.map { column in
      let dashes = String(repeating: "-", count: widths[column] - 2)
      switch columns[kept[column]].alignment {
      case .left: return "-" + dashes + "-"
      case .right: return "-" + dashes + ":"
      case .middle: return ":" + dashes + ":"
      }
    }
    lines.insert("| " + ruler.joined(separator: " | ") + " |", at: 1)
    return lines.joined(separator: "\n") + "\n"
  }

  /// Text that stays in its cell, and is no HTML.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "|": result += "\\|"
      case "<": result += "&lt;"
      case "\n", "\r", "\r\n": result += " "
      default: result.append(character)
      }
    }
    return result
  }

  private static func padded(_ text: String, _ width: Int, _ alignment: Alignment) -> String {
    let space = String(repeating: " ", count: width - text.count)
    return alignment == .right ? space + text : text + space
  }
}
