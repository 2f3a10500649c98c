/// Rows of text in aligned columns: the first to the left, the others to the right unless they are words.
struct Table {
  var header: [String] = []
  var rows: [[String]]
  /// Columns of words, beside the first.
  var words: Set<Int> = []

  var text: String {
    let all = ((header.isEmpty ? [] : [header]) + rows).map { $0.map(\.printable) }
    let columns = all.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      all.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    var lines = all.map { line($0, widths) }
    if !header.isEmpty {
      let width = widths.reduce(0, +) + 2 * max(0, columns - 1)
      lines.insert(String(repeating: "─", count: width), at: 1)
    }
    return lines.joined(separator: "\n")
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = ""
    for (column, cell) in cells.enumerated() {
      let padding = String(repeating: " ", count: widths[column] - cell.count)
      if column > 0 { text += "  " }
      text += column == 0 || words.contains(column) ? cell + padding : padding + cell
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}
