import BenchmarkProtocol
import Foundation

/// A contender in a process of its own, which is stopped by a signal while others have their turn.
public final class ContenderProcess: Participant {
  public let name: String
  public let greeting: Greeting
  private let process: Process
  private let lines: LinePipe

  /// Seconds until a contender that says nothing is given up: some compile a case when they prepare it.
  static let patience = (start: 120, prepare: 300, run: 300)

  /// Starts the contender, waits for its greeting and pauses it.
  ///
  /// - Parameters:
  ///   - specification: the command and what is added to the environment.
  ///   - directory: where it runs.
  ///   - threads: how many it is to use.
  public init(_ specification: ContenderSpecification, directory: URL, threads: Int)
    throws(BenchmarkError)
  {
    let name = specification.name
    self.name = name
    process = Process()
    let (program, arguments) = Self.program(of: specification.command)
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = Self.environment(specification, threads: threads)
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    lines = LinePipe(
      contender: name, input: input.fileHandleForWriting, output: output.fileHandleForReading)
    do {
      try process.run()
    } catch {
      throw .cannotStart(contender: name, reason: "\(specification.commandLine): \(error)")
    }
    do throws(BenchmarkError) {
      greeting = try lines.receive(Greeting.self, during: "its start", seconds: Self.patience.start)
    } catch {
      Self.end(process, lines)
      throw .cannotStart(contender: name, reason: "\(specification.commandLine): \(error)")
    }
    pause()
  }

  deinit { Self.end(process, lines) }

  public func prepare(_ prepared: Case) throws(BenchmarkError) -> Preparation {
    let activity = "the preparation of \(prepared)"
    let answer = try ask(.prepare(prepared), during: activity, seconds: Self.patience.prepare)
    if let identifier = answer.id { return .ready(identifier) }
    return .unsupported(answer.unsupported ?? "it gave no reason")
  }

  public func run(_ identifier: Int, repetitions: Int) throws(BenchmarkError) -> Answer {
    try ask(
      .run(identifier, repetitions: repetitions), during: "\(repetitions) runs",
      seconds: Self.patience.run)
  }

  public func release(_ identifier: Int) throws(BenchmarkError) {
    _ = try ask(.release(identifier), during: "a release", seconds: Self.patience.run)
  }

  public func resume() { send(SIGCONT) }
  public func pause() { send(SIGSTOP) }

  private func ask(_ request: Request, during activity: String, seconds: Int)
    throws(BenchmarkError) -> Answer
  {
    try lines.send(request, during: activity)
    return try lines.receive(Answer.self, during: activity, seconds: seconds)
  }

  private func send(_ signal: Int32) { Self.send(signal, to: process) }

  /// To the contender and the processes that it started: it is the first of a group.
  private static func send(_ signal: Int32, to process: Process) {
    guard process.isRunning else { return }
    let identifier = process.processIdentifier
    kill(getpgid(identifier) == identifier ? -identifier : identifier, signal)
  }

  /// The end of its input is what ends a contender; one that does not take it is terminated.
  private static func end(_ process: Process, _ lines: LinePipe) {
    lines.close()
    send(SIGCONT, to: process)
    for _ in 0..<200 where process.isRunning { usleep(10_000) }
    send(SIGKILL, to: process)
    process.waitUntilExit()
  }

  private static func program(of command: [String]) -> (URL, [String]) {
    guard let first = command.first, !first.contains("/") else {
      return (URL(fileURLWithPath: command.first ?? ""), Array(command.dropFirst()))
    }
    return (URL(fileURLWithPath: "/usr/bin/env"), command)
  }

  private static func environment(_ specification: ContenderSpecification, threads: Int)
    -> [String: String]
  {
    ProcessInfo.processInfo.environment
      .merging(["DITHER_BENCH_THREADS": "\(threads)"]) { $1 }
      .merging(specification.environment ?? [:]) { $1 }
  }
}
