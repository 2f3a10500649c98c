/// Rows of text in aligned columns: the first to the left, the others to the right.
struct Table {
  var heading: String
  var header: [String]
  var rows: [[String]]

  var text: String {
    let widths = header.indices.map { column in
      (rows + [header]).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      var parts = [cells[0].padded(to: widths[0])]
      for column in cells.indices.dropFirst() {
        parts.append(cells[column].padded(to: widths[column], onTheLeft: true))
      }
      return parts.joined(separator: " ").withoutTrailingSpaces
    }
    let width = widths.reduce(0, +) + widths.count - 1
    let title = String(repeating: " ", count: widths[0] + 1) + heading
    let rule = String(repeating: "─", count: width)
    return ([title, line(header), rule] + rows.map(line) + [rule]).joined(separator: "\n")
  }
}

extension String {
  func padded(to width: Int, onTheLeft: Bool = false) -> String {
    let padding = String(repeating: " ", count: max(0, width - count))
    return onTheLeft ? padding + self : self + padding
  }

  var withoutTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
