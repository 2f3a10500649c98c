import BenchmarkProtocol
import BenchmarkReport
import Foundation

/// One run: blocks, those who take part in them, and the report that comes of it.
public struct Benchmark {
  public var turns: Turns
  public var threads: Int
  public var roster: Roster

  public init(turns: Turns, threads: Int, roster: Roster) {
    self.turns = turns
    self.threads = threads
    self.roster = roster
  }

  /// Measures the blocks.
  ///
  /// - Parameters:
  ///   - blocks: what is wanted.
  ///   - progress: told the name of a block's first row and the share of the whole run that is done.
  /// - Throws: if the library or the machine fails; a peer that does is left out from there on.
  public mutating func run(_ blocks: [Block], progress: (String, Double) -> Void)
    throws(BenchmarkError) -> Report
  {
    var report = Report(
      machine: .init(
        processor: MachineDescription.processor, system: MachineDescription.system,
        clock: MachineDescription.clock, caches: MachineDescription.caches, threads: threads),
      rounds: turns.rounds, contenders: [], leftOut: [], rows: [])
    try measureMachine(&report.machine)
    for (index, block) in blocks.enumerated() {
      let parts = roster.parts(of: block)
      let title = block.rows[0].name
      let (measurements, failures) = turns.measure(parts) { share in
        progress(title, (Double(index) + share) / Double(blocks.count))
      }
      try roster.leaveOut(failures)
      let making = roster.rowMaking(measurements)
      for planned in block.rows {
        if case .mean = planned.figure {
          let rows = report.rows.filter { $0.group == planned.group }
          if !rows.isEmpty { report.rows.append(RowMaking.mean(planned, over: rows)) }
        } else {
          report.rows.append(making.row(planned))
        }
      }
    }
    report.contenders = roster.descriptions
    report.leftOut = roster.leftOut
    return report
  }

  private mutating func measureMachine(_ description: inout Report.Machine) throws(BenchmarkError) {
    let machine = roster.machine
    let cases = [Case.peak, .bandwidth(.memory), .bandwidth(.cache)]
    let (measurements, failures) = turns.measure([.init(machine, cases)])
    try roster.leaveOut(failures)
    func rate(_ measured: Case) -> Double? {
      measurements.medianSeconds(machine.name, measured).map { 1e-9 / $0 }
    }
    description.instructionSet = roster.machineInstructionSet
    description.peak = rate(.peak)
    description.memoryStores = rate(.bandwidth(.memory))
    description.cacheStores = rate(.bandwidth(.cache))
  }
}
