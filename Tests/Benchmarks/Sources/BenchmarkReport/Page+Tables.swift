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
          row.target == nil ? "" : row.met.map { $0 ? "yes" : "**no**" } ?? "–",
        ] + peers.map { Page.cell(row, $0, unit, isBest: $0 == best) })
    }
    return table.text
  }

  private static func cell(_ row: Row, _ peer: String, _ unit: String, isBest: Bool) -> String {
    let figure = row.peers?[peer].map { Page.figure($0, unit) }
    let ratio = row.ratio?[peer].map { "(\(NumberText.decimals($0, $0 < 10 ? 2 : 1))×)" }
    let text = [figure, ratio].compactMap { $0 }.joined(separator: " ")
    return isBest && !text.isEmpty ? "**\(text)**" : text
  }
}
