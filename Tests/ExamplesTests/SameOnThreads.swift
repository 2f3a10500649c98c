import Foundation
import TestSupport
import Testing

/// Expects that a study prints and writes the same on one thread and on two, and prints it again from its file.
///
/// - Parameters:
///   - arguments: what is studied, first, and options but `--threads` and `--json`.
///   - name: of the program.
/// - Returns: what the file holds.
@discardableResult
func expectSameOnThreads(
  _ arguments: [String], of name: String = "PublishedResults",
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> Data {
  let program = Executable(name: name)
  let scratch = try Scratch()
  let runs = try [1, 2].map { threads in
    try program.run(
      arguments + ["--threads", "\(threads)", "--json", scratch.path("\(threads).json")])
  }
  for run in runs {
    #expect(run.exitCode == 0, "\(run.error)", sourceLocation: sourceLocation)
    #expect(run.error.isEmpty, sourceLocation: sourceLocation)
  }
  #expect(runs[0].output == runs[1].output, sourceLocation: sourceLocation)
  let files = try ["1.json", "2.json"].map {
    try Data(contentsOf: URL(fileURLWithPath: scratch.path($0)))
  }
  #expect(files[0] == files[1], sourceLocation: sourceLocation)
  // What is studied is a command or a flag, where it is not left out.
  let studied = arguments.first == "--data" ? [] : [arguments[0]]
  let again = try program.run(studied + ["--read", scratch.path("1.json")])
  #expect(again.output == runs[0].output, sourceLocation: sourceLocation)
  return files[0]
}
