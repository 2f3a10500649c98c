import Foundation
import TestSupport
import Testing

@Suite("What NoiseStudy cannot use")
struct BadInputTests {
  private let study = Executable(name: "NoiseStudy")

  /// Runs the study with a file to write, which must not appear, and returns the message.
  private func refusal(_ arguments: [String], in scratch: Scratch) throws -> String {
    let before = try scratch.names
    let run = try study.run(arguments + ["--json", scratch.path("study.json")])
    #expect(run.exitCode == 2)
    #expect(run.output.isEmpty)
    #expect(run.error.hasPrefix("NoiseStudy: "))
    #expect(try scratch.names == before)
    return run.error
  }

  @Test(
    "A file that cannot be used is refused with the line and what was expected there",
    arguments: [
      (text: "", line: nil, expected: "empty"),
      (text: "1,2,0\n1,2,3,1\n", line: 2, expected: "3, as in line 1"),
      (text: "1,2,0\n1,2,1\n1,two,1\n", line: 3, expected: "number"),
      (text: "1,2,0\n1,2,10\n", line: 2, expected: "0 to 9"),
      (text: "1,2,-1\n", line: 1, expected: "0 to 9"),
      (text: "1,2,0.5\n", line: 1, expected: "whole number"),
      (text: "1,2,0\n1,3,1\n", line: nil, expected: "at least 10"),
      (text: "1,nan,0\n", line: 1, expected: "number"),
    ] as [(text: String, line: Int?, expected: String)])
  func badFile(text: String, line: Int?, expected: String) throws {
    let scratch = try Scratch()
    let file = try scratch.write(text, to: "numbers.csv")
    let message = try refusal(["--data", file], in: scratch)
    #expect(message.split(separator: "\n").count == 1)
    #expect(message.contains(line.map { "\(file), line \($0)" } ?? file))
    #expect(message.contains("expected"))
    #expect(message.contains(expected))
  }

  @Test("A file that is not there is named")
  func missingFile() throws {
    let scratch = try Scratch()
    let message = try refusal(["--data", scratch.path("nowhere.csv")], in: scratch)
    #expect(message.split(separator: "\n").count == 1)
    #expect(message.contains(scratch.path("nowhere.csv")))
  }

  @Test(
    "A noise that does not exist gets the list of those that do",
    arguments: [
      "gausian:0.3@input", "gaussian:0.3@inputs", "gaussian:0.3", "gaussian@input",
      "gaussian:x@input", "gaussian:-1@input", "gaussian:nan@input", "dropout:1.5@output", "noise",
      "@:",
    ])
  func badNoise(noise: String) throws {
    let message = try refusal(["--noise=\(noise)"], in: try Scratch())
    for name in ["gaussian:", "uniform:", "lognormal:", "saltpepper:", "dropout:"] {
      #expect(message.contains("  \(name)S@SITE"))
    }
  }

  @Test(
    "Numbers out of range and options that do not exist are refused in one line",
    arguments: [
      ["--epochs", "0"], ["--epochs", "many"], ["--seeds", "0"], ["--seeds", "-1"],
      ["--threads", "0"], ["--speed", "9"],
      ["--noise", "dropout:0.2@input", "--noise", "dropout:0.2@input"],
      ["digits.csv"],
    ])
  func badOption(arguments: [String]) throws {
    let message = try refusal(arguments, in: try Scratch())
    #expect(message.split(separator: "\n").count == 1)
    #expect(message.contains(arguments[0]))
  }

  @Test(
    "A file that cannot be written is refused before training",
    arguments: ["missing/study.json", "."])
  func badOutput(name: String) throws {
    let scratch = try Scratch()
    let run = try study.run(["--epochs", "1000000", "--json", scratch.path(name)])
    #expect(run.exitCode == 2)
    #expect(run.output.isEmpty)
    #expect(run.error.split(separator: "\n").count == 1)
    #expect(run.error.contains("--json"))
    #expect(try scratch.names.isEmpty)
  }
}
