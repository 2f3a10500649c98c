import Charts

extension Page {
  /// A group's heading, what it is, its plots and its tables. Empty without rows.
  func section(_ group: Group) -> String {
    let rows = report.rows(of: group)
    guard !rows.isEmpty else { return "" }
    var parts = ["## \(group.title)\n", group.explanation + "\n"]
    for plot in plots where plot.group == group {
      parts.append("![\(plot.figure.title)](\(plot.path))\n")
    }
    if rows.contains(where: { !($0.ratio ?? [:]).isEmpty }) {
      parts.append("In brackets: the library's speed over theirs. The best peer is bold.\n")
    }
    // Products have a table for each direction, in which a line's name is its shape.
    let byDirection = group == .products || group == .shapes
    let tables = grouped(rows) { [$0.unit, byDirection && $0.work != nil ? $0.subject : ""] }
    for (key, rows) in tables {
      let unit = Page.inWords(key[0])
      let shared = rows.count > 1 ? Page.sharedTarget(rows) : nil
      parts.append(
        (key[1].isEmpty ? "In \(unit)" : "**\(key[1])**, in \(unit)")
          + (shared.map { "; target \($0)" } ?? "") + ":\n")
      parts.append(
        table(rows, unit: key[0], showsTarget: shared == nil) {
          key[1].isEmpty ? $0.case : $0.size
        })
    }
    if rows.contains(where: \.isJudgedOtherwiseByQuotients) {
      parts.append("†: by the quotient of the figures the target would be judged otherwise.\n")
    }
    let missed = rows.filter { $0.met == false }
    if let note = notes[group.rawValue], missed.isEmpty { parts.append(note + "\n") }
    let said = rows.filter { $0.met != false }.compactMap { row in
      notes[row.case].map { "- \(row.case): \($0)" }
    }
    if !said.isEmpty { parts.append(said.joined(separator: "\n") + "\n") }
    return parts.joined(separator: "\n")
  }

  /// The target, if all rows have the same.
  private static func sharedTarget(_ rows: [Row]) -> String? {
    let targets = Set(rows.map(\.target))
    return targets.count == 1 ? targets.first ?? nil : nil
  }

  /// What a unit stands for, for a sentence.
  static func inWords(_ unit: String) -> String {
    switch unit {
    case "× plain": "multiples of the plain one (less is better)"
    case "× one thread": "multiples of the speed on one thread"
    case "ns a draw": "nanoseconds a draw (less is better)"
    case "s": "seconds (less is better)"
    case "ms": "milliseconds (less is better)"
    case "µs": "microseconds (less is better)"
    case "a step": "calls a step (less is better)"
    case "MB": "megabytes (less is better)"
    default: unit
    }
  }
}
