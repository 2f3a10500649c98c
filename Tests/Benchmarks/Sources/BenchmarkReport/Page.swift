import Charts

/// The report as a page in Markdown.
struct Page {
  let report: Report
  let notes: Notes
  /// Where the plots are, relative to the page, with what they show.
  let plots: [Plot]

  var text: String {
    var parts = [
      "# Benchmarks\n", introduction, machine, contenders, method, targets,
    ]
    parts += Group.allCases.map(section)
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var introduction: String {
    """
    \(report.ours) beside what else one would use on a CPU, measured in one run on one machine. \
    This page and its plots are written by `make bench-peers`; the numbers are in \
    [benchmarks.json](benchmarks.json), what is known of the run in \
    [benchmarks-run.json](benchmarks-run.json).

    """
  }

  private var machine: String {
    var table = MarkdownTable(columns: [("", .left), ("", .left)])
    func add(_ name: String, _ value: String?) {
      if let value { table.rows.append([name, value]) }
    }
    let machine = report.machine
    add("Processor", machine.processor)
    add("System", machine.system)
    add("Clock, as the system names it", machine.clock.map { NumberText.short($0) + " GHz" })
    add("Caches of the first processor", machine.caches?.joined(separator: ", "))
    add("Threads", "\(machine.threads)")
    add("Widest instruction set", machine.instructionSet)
    add(
      "Peak of fused multiply-adds, all threads",
      machine.peak.map { NumberText.decimals($0, 1) + " GFLOP/s" })
    add("Stores to memory", machine.memoryStores.map { NumberText.short($0) + " GB/s" })
    add(
      "Stores to the second level of cache",
      machine.cacheStores.map { NumberText.short($0) + " GB/s" })
    add("Date of the run", report.date)
    add("Commit", report.commit)
    return "## Machine\n\n" + table.text
      + "\nThe peak and the bandwidths were measured in the same run as everything else.\n"
      + (notes[Notes.machine].map { "\n\($0)\n" } ?? "")
  }

  private var contenders: String {
    var table = MarkdownTable(
      columns: [("", .left), ("version", .left), ("settings", .left), ("command", .left)])
    for contender in report.contenders {
      table.rows.append([
        contender.name, contender.version, contender.settings,
        contender.command.isEmpty ? "" : "`\(contender.command)`",
      ])
    }
    var parts = ["## Who took part\n", table.text]
    let named = report.contenders.map(\.name) + report.leftOut.map(\.name)
    let left = report.leftOut.map { "- \($0.name) did not take part: \($0.reason)" }
    let said = named.compactMap { name in notes[name].map { "- \(name): \($0)" } }
    if !(left + said).isEmpty { parts.append((left + said).joined(separator: "\n") + "\n") }
    if let note = notes[Notes.contenders] { parts.append(note + "\n") }
    return parts.joined(separator: "\n")
  }
}
