import Foundation
import TestSupport
import Testing

@Suite("Where a study works")
struct StudyFolderTests {
  @Test("A study that is interrupted goes on to the numbers of one that was not")
  func interrupted() throws {
    let command = try Command()
    try command.writeTable(rows: 90)
    let study = Command.study + ["--epochs", "40", "--threads", "1"]
    let begun = study + ["--output", "cut", "--overwrite"]
    let outcome = try command.run(begun) { process in
      let state = URL(filePath: command.scratch.path("cut/search.json"))
      func trials() -> Int {
        let text = (try? Data(contentsOf: state)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text.split(separator: "\"epochs\":").count - 1
      }
      while process.isRunning, trials() < 3 { usleep(2000) }
      process.interrupt()
    }
    #expect(outcome.exitCode == 130)
    #expect(outcome.output.isEmpty)
    #expect(outcome.error.contains("Go on with: dither study --data points.csv"))
    // That would begin anew.
    #expect(!outcome.error.contains("--overwrite"))
    #expect(!FileManager.default.fileExists(atPath: command.scratch.path("cut/study.json")))
    let state = try command.bytes("cut/search.json")
    try command.succeed(study + ["--output", "cut", "--threads", "2"])
    try command.succeed(study + ["--output", "whole"])
    #expect(try command.studyNumbers("cut") == command.studyNumbers("whole"))
    #expect(try command.bytes("cut/search.json") == command.bytes("whole/search.json"))
    #expect(try command.bytes("cut/search.json") != state)
  }

  @Test("Another study is not taken for the one in the folder, and the message says what differs")
  func otherStudy() throws {
    let command = try Command()
    try command.writeTable(rows: 90)
    try command.succeed(Command.study)
    let before = try command.bytes("study/study.json")
    for (arguments, phrases) in [
      (["--epochs", "3"], ["--epochs is 2, here 3"]),
      (["--seed", "4"], ["--seed is 0, here 4", "the checksum of the test rows"]),
      (["--sites", "input,hidden"], ["--sites is input, here input,hidden"]),
      (["--test-noise", "dropout:0.1"], ["--test-noise is gaussian, here dropout:0.1"]),
      (["--learning-rate", "0.1"], ["--learning-rate is 0.003, here 0.1"]),
      (["--clip", "0.5"], ["--clip is not there, here 0.5"]),
    ] {
      try command.fail(
        Command.study + arguments, code: 64,
        saying: phrases + ["study: another study", "--overwrite"])
    }
    let points = try command.text("points.csv")
    _ = try command.scratch.write(points.replacing("0.5,", with: "0.25,"), to: "points.csv")
    try command.fail(Command.study, code: 64, saying: ["checksum of the training rows"])
    _ = try command.scratch.write(points, to: "points.csv")
    #expect(try command.bytes("study/study.json") == before)
    try command.succeed(Command.study + ["--epochs", "1", "--overwrite"])
    #expect(try command.studyReport("study").search.trials.allSatisfy { $0.epochs == 1 })
  }

  @Test("A folder that is none of a study, or where a file cannot be written, is refused first")
  func folders() throws {
    let command = try Command()
    try command.writeTable(rows: 90)
    try command.fail(
      Command.study + ["--output", "points.csv"], code: 64, saying: ["points.csv", "no folder"])
    try command.fail(
      Command.study + ["--output", "."], code: 64, saying: ["files in it, and no study"])
    try command.fail(
      Command.study + ["--output", "points.csv/study"], code: 64,
      saying: ["points.csv/study", "cannot write in"])
    try command.fail(Command.study + ["--output", ""], code: 64, saying: ["--output", "a folder"])
    try command.succeed(Command.study)
    let descriptor = unsafe open(command.scratch.path("study"), O_RDONLY)
    try #require(flock(descriptor, LOCK_EX) == 0)
    try command.fail(Command.study, code: 64, saying: ["study: another study is at work there"])
    close(descriptor)
    for name in ["report.html", "study.json", "curves.csv", "search.csv"] {
      let path = command.scratch.path("study/\(name)")
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      try command.fail(Command.study, code: 64, saying: [name, "a folder is there"])
      try FileManager.default.removeItem(atPath: path)
    }
    _ = try command.scratch.write("{", to: "study/search.json")
    try command.fail(
      Command.study, code: 1,
      saying: ["study/search.json", "no state of a search", "--overwrite"])
    try command.succeed(Command.study + ["--overwrite"])
  }
}
