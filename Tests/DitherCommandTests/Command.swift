import Foundation
import TestSupport
import Testing

/// The program, on small data that the test writes.
struct Command {
  let scratch: Scratch
  private let program = Executable(name: "dither")

  init() throws { scratch = try Scratch() }

  /// Runs it in the scratch folder.
  func run(
    _ arguments: [String], terminal: Terminal? = nil,
    whileRunning: (Process) throws -> Void = { _ in }
  ) throws -> Executable.Outcome {
    try program.run(arguments, terminal: terminal, in: scratch.url, whileRunning: whileRunning)
  }

  /// Runs a script of the shell in the scratch folder, in which "$0" is the program.
  func shell(_ script: String) throws -> Executable.Outcome {
    try Executable(name: "/bin/sh").run(["-c", script, program.url.path], in: scratch.url)
  }

  /// Runs it, and expects that it prints nothing but its result.
  @discardableResult
  func succeed(
    _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let outcome = try run(arguments)
    #expect(outcome.error.isEmpty, sourceLocation: sourceLocation)
    try #require(outcome.exitCode == 0, "\(outcome.error)", sourceLocation: sourceLocation)
    return outcome.output
  }

  /// Runs it, and expects that it refuses in one line, which is returned.
  func fail(
    _ arguments: [String], code: Int32, saying phrases: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try run(arguments)
    #expect(outcome.exitCode == code, "\(outcome.error)", sourceLocation: sourceLocation)
    #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
    for phrase in phrases {
      #expect(
        outcome.error.contains(phrase), "expected \"\(phrase)\" in: \(outcome.error)",
        sourceLocation: sourceLocation)
    }
  }

  func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: scratch.path(name)))
  }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// Three clouds of points around the corners of a triangle, in a fixed order without chance.
  func writeTable(
    _ name: String = "points.csv", rows: Int = 60, header: Bool = false, labels: [String]? = nil
  ) throws {
    var text = header ? "height,width,kind\n" : ""
    for row in 0..<rows {
      let label = row % 3
      let (x, y) = Self.point(row)
      text += "\(x),\(y),\(labels?[label] ?? "\(label)")\n"
    }
    _ = try scratch.write(text, to: name)
  }

  static func point(_ row: Int) -> (Float, Float) {
    let corners: [(Float, Float)] = [(0, 0), (4, 0), (0, 4)]
    let (x, y) = corners[row % 3]
    return (x + Float(row * 7 % 11) / 10 - 0.5, y + Float(row * 5 % 13) / 12 - 0.5)
  }
}
