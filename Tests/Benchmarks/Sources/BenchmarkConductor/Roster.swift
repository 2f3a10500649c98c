import BenchmarkProtocol
import BenchmarkReport
import Foundation

/// Those who take part in a run.
public struct Roster {
  let ours: any Participant
  let oursOnOneThread: (any Participant)?
  let oursAfresh: any Participant
  let study: (any Participant)?
  let machine: any Participant
  let machineInstructionSet: String
  private(set) var peers: [any Participant] = []
  /// In the order of the report's columns.
  private(set) var descriptions: [Report.Contender]
  private(set) var leftOut: [Report.LeftOut] = []

  /// Starts everyone.
  ///
  /// - Parameters:
  ///   - programs: where the programs `Contender` and `Machine` are.
  ///   - studyProgram: the path of `dither`; nil leaves its study out.
  ///   - peers: how peers are started; one that does not start is left out.
  ///   - directory: where peers run.
  ///   - threads: how many each one has.
  ///   - starting: told each name before it is started.
  public init(
    programs: URL, studyProgram: URL?, peers specifications: [ContenderSpecification],
    directory: URL, threads: Int, starting: (String) -> Void
  ) throws(BenchmarkError) {
    func program(_ name: String, _ file: String) -> ContenderSpecification {
      // Threads are bound, one to a core; peers say for themselves what is best for them.
      ContenderSpecification(
        name: name, command: [programs.appending(path: file).path],
        environment: ["OMP_PROC_BIND": "close", "OMP_PLACES": "cores"])
    }
    let (library, machine) = (program("Dither", "Contender"), program("Machine", "Machine"))
    starting(library.name)
    let ours = try ContenderProcess(library, directory: programs, threads: threads)
    self.ours = ours
    oursOnOneThread =
      threads > 1
      ? try ContenderProcess(
        program("Dither, one thread", "Contender"), directory: programs, threads: 1) : nil
    oursAfresh = FreshContender(name: "Dither, afresh") { () throws(BenchmarkError) in
      try ContenderProcess(
        program("Dither, afresh", "Contender"), directory: programs, threads: threads)
    }
    study = studyProgram.map { StudyProgram($0, threads: threads) }
    let machineProcess = try ContenderProcess(machine, directory: programs, threads: threads)
    self.machine = machineProcess
    machineInstructionSet = machineProcess.greeting.version
    descriptions = [Report.Contender(library, ours.greeting)]
    for specification in specifications {
      starting(specification.name)
      do throws(BenchmarkError) {
        let process = try ContenderProcess(specification, directory: directory, threads: threads)
        peers.append(process)
        descriptions.append(Report.Contender(specification, process.greeting))
      } catch {
        leftOut.append(.init(name: specification.name, reason: "\(error)"))
      }
    }
  }

  /// Who runs which of a block's cases.
  func parts(of block: Block) -> [Turns.Part] {
    var parts: [Turns.Part] = []
    func add(_ participant: (any Participant)?, _ role: Role, visits: Int = 1) {
      let cases = block.cases(role)
      if let participant, !cases.isEmpty {
        parts.append(.init(participant, cases, visits: visits))
      }
    }
    add(machine, .machine)
    add(ours, .ours, visits: block.visits)
    add(oursOnOneThread, .oursOnOneThread)
    add(oursAfresh, .oursAfresh)
    add(study, .program)
    for peer in peers { add(peer, .peers, visits: block.visits) }
    return parts
  }

  /// Drops the peers that failed.
  mutating func leaveOut(_ failures: [String: BenchmarkError]) throws(BenchmarkError) {
    for (name, error) in failures.sorted(by: { $0.key < $1.key }) {
      guard let index = peers.firstIndex(where: { $0.name == name }) else { throw error }
      peers.remove(at: index)
      leftOut.append(.init(name: name, reason: "\(error)"))
    }
  }

  func rowMaking(_ measurements: Measurements) -> RowMaking {
    RowMaking(
      measurements: measurements, ours: ours.name,
      oursOnOneThread: oursOnOneThread?.name ?? ours.name, oursAfresh: oursAfresh.name,
      program: StudyProgram.name, machine: machine.name, peers: peers.map(\.name))
  }
}

extension Report.Contender {
  fileprivate init(_ specification: ContenderSpecification, _ greeting: Greeting) {
    let command = specification.command.map { ($0 as NSString).lastPathComponent }
    var shown = specification
    shown.command = command
    self.init(
      name: specification.name, version: greeting.version, settings: greeting.settings,
      command: shown.commandLine)
  }
}
