import Charts

extension Page {
  /// How many targets hold, and those that do not, each with its reason where one was given.
  var targets: String {
    let aimed = report.rows.filter { $0.target != nil }
    guard !aimed.isEmpty else { return "" }
    var table = MarkdownTable(columns: [
      ("", .left), ("targets", .right), ("met", .right), ("missed", .right), ("not told", .right),
    ])
    for group in Group.allCases {
      let rows = aimed.filter { $0.group == group }
      guard !rows.isEmpty else { continue }
      func count(_ met: Bool?) -> String { "\(rows.count { $0.met == met })" }
      table.rows.append([
        "[\(group.title)](#\(group.anchor))", "\(rows.count)", count(true), count(false),
        count(nil),
      ])
    }
    var parts = ["## Targets\n", table.text]
    if aimed.contains(where: { $0.met == nil }) {
      parts.append("A target that names a peer cannot be told in a run without that peer.\n")
    }
    let missed = aimed.filter { $0.met == false }
    if !missed.isEmpty {
      parts.append("### Missed\n")
      for (group, rows) in grouped(missed, by: \.group) {
        parts.append("\(group.title)\(notes[group.rawValue].map { ": \($0)" } ?? ":")\n")
        parts.append(rows.map(missedLine).joined(separator: "\n") + "\n")
      }
    }
    return parts.joined(separator: "\n")
  }

  private func missedLine(_ row: Row) -> String {
    var line = "- \(row.case): \(Page.outcome(row)); target \(row.target ?? "")."
    if let note = notes[row.case] { line += " \(note)" }
    return line
  }

  /// A row in few words: its figure, and how it stands against the peak and the best peer.
  static func outcome(_ row: Row) -> String {
    var parts: [String] = []
    if let ours = row.ours { parts.append(quantity(ours, row.unit)) }
    if let share = row.ofPeak {
      parts.append("\(NumberText.decimals(share * 100, 1)) % of the peak")
    }
    if let ratio = row.ratio?[Row.bestOfEach] {
      parts.append("\(NumberText.decimals(ratio, 2))× the best peer of each row")
    } else if let best = row.bestPeer, let ratio = row.ratio?[best] {
      parts.append("\(Page.ratio(ratio, in: row))× \(best)")
    }
    return parts.isEmpty ? "not measured" : parts.joined(separator: ", ")
  }

  /// A number and its unit: "187 GFLOP/s", "1.03× plain".
  static func quantity(_ value: Double, _ unit: String) -> String {
    figure(value, unit) + (unit.hasPrefix("×") ? unit : " " + unit)
  }

  /// A number in the digits that its unit deserves: costs and gains have two or three decimals, counts none.
  static func figure(_ value: Double, _ unit: String) -> String {
    if unit.hasPrefix("×") { return NumberText.decimals(value, value < 10 ? 3 : 1) }
    if value == value.rounded() && abs(value) < 1000 { return NumberText.decimals(value, 0) }
    return NumberText.short(value)
  }
}

extension Group {
  /// The name by which its heading is linked to.
  var anchor: String {
    title.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }
      .replacing(" ", with: "-")
  }
}
