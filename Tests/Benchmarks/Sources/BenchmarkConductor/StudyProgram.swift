import BenchmarkProtocol
import Foundation

/// The library's program as a participant: each run is a study in a process of its own, timed from its start to its end.
///
/// The conductor starts it, not the contender: that binds its threads to processors, which a process that it starts
/// would inherit.
package final class StudyProgram: Participant {
  static let name = "Dither, the program"
  package var name: String { Self.name }
  private let program: URL
  private let threads: Int

  /// Seconds until a study is given up.
  private static let patience = 1200

  /// - Parameters:
  ///   - program: the path of `dither`.
  ///   - threads: the most that a study is to use.
  package init(_ program: URL, threads: Int) {
    self.program = program
    self.threads = threads
  }

  package func prepare(_ prepared: Case) throws(BenchmarkError) -> Preparation {
    prepared == .study ? .ready(0) : .unsupported("the program is run for studies alone")
  }

  package func run(_ identifier: Int, repetitions: Int) throws(BenchmarkError) -> Answer {
    var seconds = 0.0
    for _ in 0..<repetitions { seconds += try study() }
    return Answer(seconds: seconds)
  }

  package func release(_ identifier: Int) {}
  package func resume() {}
  package func pause() {}

  /// Seconds of a study into a folder that goes when it is over. What it has to say of a failure goes to standard error.
  private func study() throws(BenchmarkError) -> Double {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "dither-study-\(UUID())")
    defer { try? files.removeItem(at: folder) }
    let process = Process()
    process.executableURL = program
    process.arguments = ["study", "--output", folder.path, "--threads", "\(threads)"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let start = ContinuousClock.now
    do {
      try process.run()
    } catch {
      throw .cannotStart(contender: name, reason: "\(program.path): \(error)")
    }
    while process.isRunning {
      if ContinuousClock.now - start > .seconds(Self.patience) {
        process.terminate()
        process.waitUntilExit()
        throw .noAnswer(contender: name, during: "a study", seconds: Self.patience)
      }
      usleep(10_000)
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let status = process.terminationStatus
    if status != 0 { throw .ended(contender: name, during: "a study, with the status \(status)") }
    guard files.fileExists(atPath: folder.appending(path: "report.html").path) else {
      throw .ended(contender: name, during: "a study, without a report")
    }
    return seconds
  }
}
