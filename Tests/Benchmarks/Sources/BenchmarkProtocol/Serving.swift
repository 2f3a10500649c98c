import Foundation

/// A prepared case: runs once untimed, then as often as asked, timed.
public typealias Workload = (_ repetitions: Int) throws -> Answer

/// Why a contender does not take part in a case.
public struct Unsupported: Error {
  public var reason: String
  public init(_ reason: String) { self.reason = reason }
}

/// Greets, then answers requests from standard input until it ends.
///
/// - Parameters:
///   - greeting: the first line.
///   - prepare: makes a workload of a case; throws ``Unsupported`` where it cannot.
public func serve(_ greeting: Greeting, _ prepare: (Case) throws -> Workload) throws {
  // Where the conductor is gone, nobody is left to tell.
  signal(SIGPIPE, SIG_IGN)
  func send(_ message: some Encodable) throws {
    let line = try Line.encode(message)
    do { try FileHandle.standardOutput.write(contentsOf: line) } catch { exit(1) }
  }
  try send(greeting)
  var workloads: [Int: Workload] = [:]
  var next = 1
  while let line = readLine() {
    switch try Line.decode(Request.self, line) {
    case .prepare(let prepared):
      do {
        let workload = try prepare(prepared)
        // Compiles nothing here, but touches every buffer.
        _ = try workload(1)
        workloads[next] = workload
        try send(Answer(id: next))
        next += 1
      } catch let problem as Unsupported {
        try send(Answer(unsupported: problem.reason))
      }
    case .run(let identifier, let repetitions):
      guard let workload = workloads[identifier] else { throw UnknownCase(identifier: identifier) }
      try send(workload(repetitions))
    case .release(let identifier):
      workloads[identifier] = nil
      try send(Answer())
    }
  }
}

/// A request named a case that is not prepared.
struct UnknownCase: Error, CustomStringConvertible {
  var identifier: Int
  var description: String { "no case \(identifier) is prepared" }
}

/// Seconds that `body` takes `repetitions` times in a row, after one untimed call that wakes threads and fills caches.
public func secondsOf(_ repetitions: Int, _ body: () throws -> Void) rethrows -> Double {
  try body()
  let elapsed = try ContinuousClock().measure {
    for _ in 0..<repetitions { try body() }
  }
  return elapsed / .seconds(1)
}

/// The threads that a contender is to use: `DITHER_BENCH_THREADS`, else `processors`.
public func benchmarkThreads(else processors: Int) -> Int {
  ProcessInfo.processInfo.environment["DITHER_BENCH_THREADS"].flatMap(Int.init) ?? processors
}
