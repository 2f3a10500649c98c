import BenchmarkProtocol
import BenchmarkReport

/// Makes rows of measurements.
package struct RowMaking {
  var measurements: Measurements
  var ours: String
  var oursOnOneThread: String
  var oursAfresh: String
  var program: String
  var machine: String
  var peers: [String]

  package init(
    measurements: Measurements, ours: String, oursOnOneThread: String, oursAfresh: String,
    program: String, machine: String, peers: [String]
  ) {
    self.measurements = measurements
    self.ours = ours
    self.oursOnOneThread = oursOnOneThread
    self.oursAfresh = oursAfresh
    self.program = program
    self.machine = machine
    self.peers = peers
  }

  package func row(_ planned: PlannedRow) -> Row {
    var row = Row(case: planned.name, group: planned.group, unit: planned.figure.unit)
    row.parameters = planned.parameters.isEmpty ? nil : planned.parameters
    switch planned.figure {
    case .speed(let measured, let unit, let againstPeak):
      addSpeed(to: &row, measured, unit)
      if againstPeak {
        // Seconds an operation at the peak over ours: calls divided by their operations.
        row.ofPeak = Statistics.medianRatio(
          measurements.seconds(machine, .peak),
          measurements.seconds(ours, measured).map { $0.map { $0 / unit.operations } })
      }
    case .cost(let measured, let plain):
      addCost(to: &row, measured, over: plain)
    case .speedup(let measured):
      row.ours = Statistics.medianRatio(
        measurements.seconds(oursOnOneThread, measured), measurements.seconds(ours, measured))
    case .largeAllocations(let measured):
      // Not one, in the worst of rounds.
      row.ours = allocations(measured, \.large).max()
    case .allocations(let measured):
      row.ours = steadyAllocations(measured)
    case .moreAllocations(let measured, let other):
      if let more = steadyAllocations(measured), let fewer = steadyAllocations(other) {
        row.ours = more - fewer
      }
    case .memory(let measured):
      row.ours = peakBytes(measured).map { $0 * 1e-6 }
    case .memoryRatio(let measured, let other):
      if let bytes = peakBytes(measured), let plain = peakBytes(other) { row.ours = bytes / plain }
    case .program(let measured):
      row.ours = measurements.medianSeconds(program, measured)
    case .mean:
      break  // of rows, not of measurements: see `mean`
    }
    row.judge(planned.targets)
    return row
  }

  /// The geometric means over rows: of the library's figures, of its ratio to each peer, and to the best of each row.
  package static func mean(_ planned: PlannedRow, over rows: [Row]) -> Row {
    var row = Row(
      case: planned.name, group: planned.group,
      ours: Statistics.geometricMean(rows.compactMap(\.ours)), unit: rows.first?.unit ?? "")
    let names = Set(rows.flatMap { ($0.ratio ?? [:]).keys })
    if !names.isEmpty {
      row.ratio = [:]
      row.peers = [:]
      for name in names {
        row.ratio?[name] = Statistics.geometricMean(rows.compactMap { $0.ratio?[name] })
        row.peers?[name] = Statistics.geometricMean(rows.compactMap { $0.peers?[name] })
      }
      row.ratio?[Row.bestOfEach] = Statistics.geometricMean(
        rows.compactMap { $0.ratio?.values.min() })
    }
    row.judge(planned.targets)
    return row
  }

  private func addSpeed(to row: inout Row, _ measured: Case, _ unit: Unit) {
    let seconds = measurements.seconds(ours, measured)
    row.ours = measurements.medianSeconds(ours, measured).map(unit.figure)
    for peer in peers {
      guard let median = measurements.medianSeconds(peer, measured) else { continue }
      row.peers = row.peers ?? [:]
      row.peers?[peer] = unit.figure(seconds: median)
      if let ratio = Statistics.medianRatio(measurements.seconds(peer, measured), seconds) {
        row.ratio = row.ratio ?? [:]
        row.ratio?[peer] = ratio
      }
    }
  }

  private func addCost(to row: inout Row, _ measured: Case, over plain: Case) {
    row.ours = measurements.medianCost(ours, measured, over: plain)
    for peer in peers {
      guard let cost = measurements.medianCost(peer, measured, over: plain) else { continue }
      row.peers = row.peers ?? [:]
      row.peers?[peer] = cost
    }
  }

  /// A step, by round.
  private func allocations(_ measured: Case, _ count: (Counts) -> Int?) -> [Double] {
    let steps = measurements.repetitions(ours, measured)
    return measurements.counts(ours, measured, count).map { $0 / steps }
  }

  /// What every step needs: that of the round with the fewest. Now and then the system allocates something once.
  private func steadyAllocations(_ measured: Case) -> Double? {
    allocations(measured, \.allocations).min()
  }

  private func peakBytes(_ measured: Case) -> Double? {
    Statistics.median(measurements.counts(oursAfresh, measured, \.peakBytes))
  }
}

extension Figure {
  fileprivate var unit: String {
    switch self {
    case .speed(_, let unit, _): unit.name
    case .cost, .memoryRatio: "× plain"
    case .speedup: "× one thread"
    case .largeAllocations, .allocations, .moreAllocations: "a step"
    case .memory: "MB"
    case .program: Unit.seconds.name
    case .mean: ""
    }
  }
}

extension Unit {
  /// Of a call.
  fileprivate var operations: Double {
    if case .gigaflops(let operations) = self { operations } else { 1 }
  }
}
