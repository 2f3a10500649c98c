import BenchmarkReport
import Foundation

extension Report {
  /// The report for a terminal: the machine, who took part, and a table for each group.
  public var text: String {
    var parts = [heading]
    for group in Group.allCases {
      let rows = rows.filter { $0.group == group }
      if !rows.isEmpty { parts.append("\(group.title)\n\n\(table(rows))") }
    }
    parts.append(summary)
    return parts.joined(separator: "\n\n")
  }

  private var heading: String {
    var lines = [
      "\(machine.processor), \(machine.system)",
      "\(machine.threads) threads; rounds in which all take turns: \(rounds), figures are their medians",
    ]
    if let peak = machine.peak {
      lines.append(
        "peak of fused multiply-adds (\(machine.instructionSet ?? "")): \(Self.figure(peak)) GFLOP/s"
      )
    }
    if let memory = machine.memoryStores, let cache = machine.cacheStores {
      lines.append("stores: \(Self.figure(memory)) GB/s to memory, \(Self.figure(cache)) to cache")
    }
    for contender in contenders {
      lines.append(
        "\(contender.name): \(contender.version), \(contender.settings): \(contender.command)")
    }
    for left in leftOut { lines.append("left out: \(left.name): \(left.reason)") }
    return lines.joined(separator: "\n")
  }

  private var summary: String {
    let judged = rows.filter { $0.target != nil }
    let met = judged.filter { $0.met == true }.count
    let open = judged.filter { $0.met == nil }.count
    return "\(judged.count) targets: \(met) met, \(judged.count - met - open) missed, "
      + "\(open) not told without peers"
  }

  private func table(_ rows: [Row]) -> String {
    let peers = contenders.map(\.name).filter { name in
      rows.contains { $0.peers?[name] != nil }
    }
    let hasRatio = rows.contains { $0.ratio != nil }
    let hasPeak = rows.contains { $0.ofPeak != nil }
    let hasTarget = rows.contains { $0.target != nil }
    var table = TextTable(
      columns: [("", .left), ("Dither", .right), ("", .left)] + peers.map { ($0, .right) }
        + (hasRatio ? [("over the best", .right)] : []) + (hasPeak ? [("of the peak", .right)] : [])
        + (hasTarget ? [("target", .left), ("", .left)] : []))
    for row in rows {
      var cells = [row.case, row.ours.map(Self.figure) ?? "–", row.unit]
      cells += peers.map { name in row.peers?[name].map(Self.figure) ?? "" }
      if hasRatio { cells.append((row.ratio?.values.min()).map { Self.figure($0) + "×" } ?? "") }
      if hasPeak { cells.append(row.ofPeak.map(Self.figure) ?? "") }
      if hasTarget {
        let verdict = row.met.map { $0 ? "met" : "missed" } ?? (row.target == nil ? "" : "–")
        cells += [row.target ?? "", verdict]
      }
      table.add(cells)
    }
    return table.text
  }

  /// Three digits, or two after the point near 1, where a target's last digit is a hundredth.
  static func figure(_ value: Double) -> String {
    let decimals =
      switch abs(value) {
      case 0: 0
      case 100...: 0
      case 10..<100: 1
      case 0.1..<10: 3
      default: 4
      }
    return String(format: "%.\(decimals)f", value)
  }
}
