import Charts

extension Page {
  /// What was reached, what was to be reached, and what the peers reach, a line a row.
  func table(
    _ rows: [Row], unit: String, showsTarget: Bool, name: (Row) -> String
  ) -> String {
    let peers = (report.peers + [Row.bestOfEach]).filter { name in
      rows.contains { $0.peers?[name] != nil || $0.ratio?[name] != nil }
    }
    var table = MarkdownTable(
      columns: [
        ("", .left), (report.ours, .right), ("of the peak", .right), ("target", .left),
        ("met", .middle),
      ] + peers.map { ($0, .right) })
    for row in rows {
      let best = row.bestPeer
      table.rows.append(
        [
          name(row), row.ours.map { Page.figure($0, unit) } ?? "",
          row.ofPeak.map { NumberText.decimals($0 * 100, 1) + "\u{A0}%" } ?? "",
          showsTarget ? row.target ?? "" : "",
          row.target == nil ? "" : Page.verdict(row),
        ] + peers.map { Page.cell(row, $0, unit, isBest: $0 == best) })
    }
    return table.text
  }

  private static func cell(_ row: Row, _ peer: String, _ unit: String, isBest: Bool) -> String {
    let figure = row.peers?[peer].map { Page.figure($0, unit) }
    let ratio = row.ratio?[peer].map { "(\(Page.ratio($0, in: row))×)" }
    let text = [figure, ratio].compactMap { $0 }.joined(separator: " ")
    return isBest && !text.isEmpty ? "**\(text)**" : text
  }

  /// Whether the target holds; a dagger where the quotients of the figures say otherwise.
  private static func verdict(_ row: Row) -> String {
    guard let met = row.met else { return "–" }
    return (met ? "yes" : "**no**") + (row.isJudgedOtherwiseByQuotients ? " †" : "")
  }

  /// A ratio with two decimals, or three where two would look like the target that it misses; above 10 with one.
  static func ratio(_ value: Double, in row: Row) -> String {
    let looksMet = row.aims.contains { aim in
      aim.peer != nil && value < aim.number
        && (value * 100).rounded() >= (aim.number * 100).rounded()
    }
    return NumberText.decimals(value, value >= 10 ? 1 : looksMet ? 3 : 2)
  }
}
