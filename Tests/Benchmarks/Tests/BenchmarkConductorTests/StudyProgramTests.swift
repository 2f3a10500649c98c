import BenchmarkConductor
import BenchmarkProtocol
import Foundation
import Testing

@Suite("The program that a study is measured of")
struct StudyProgramTests {
  /// A shell script in place of the program, in a folder that goes with the object.
  final class Script {
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
    var program: URL { folder.appending(path: "program") }

    /// - Parameter body: what it does; `$seen` is a file beside it.
    init(_ body: String) throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let text = "#!/bin/sh\nset -e\nseen=$(dirname \"$0\")/seen\n\(body)\n"
      try Data(text.utf8).write(to: program)
      #expect(chmod(program.path, 0o755) == 0)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The lines of `$seen`.
    func seen() throws -> [String] {
      try String(contentsOf: folder.appending(path: "seen"), encoding: .utf8)
        .split(separator: "\n").map(String.init)
    }

    /// What a study by it fails with, in words; empty where it does not.
    func failure() -> String {
      do {
        _ = try StudyProgram(program, threads: 2).run(0, repetitions: 1)
        return ""
      } catch {
        return "\(error)"
      }
    }
  }

  @Test("It is run as `dither study` with its threads, timed as a whole; its folder is gone then")
  func study() throws {
    let script = try Script(
      #"printf '%s\n' "$@" >"$seen"; mkdir "$3"; sleep 0.2; : >"$3/report.html""#)
    let program = StudyProgram(script.program, threads: 3)
    #expect(try program.prepare(.study) == .ready(0))
    let answer = try program.run(0, repetitions: 1)
    #expect(try #require(answer.seconds) >= 0.2)
    let words = try script.seen()
    try #require(words.count == 5)
    #expect([words[0], words[1], words[3], words[4]] == ["study", "--output", "--threads", "3"])
    #expect(!FileManager.default.fileExists(atPath: words[2]))
  }

  @Test("It takes no part in other cases")
  func otherCases() throws {
    let script = try Script("exit 0")
    let prepared = try StudyProgram(script.program, threads: 2).prepare(.peak)
    #expect(prepared == .unsupported("the program is run for studies alone"))
  }

  @Test("A study that fails, writes no report or does not start is an error that says so")
  func failures() throws {
    #expect(try Script("exit 3").failure().contains("with the status 3"))
    #expect(try Script(#"mkdir "$3""#).failure().contains("without a report"))
    let missing = try Script("exit 0")
    try FileManager.default.removeItem(at: missing.program)
    #expect(missing.failure().contains("did not start"))
  }
}
