import Foundation
import TestSupport
import Testing

/// Expects that a study of `PublishedResults` prints and writes the same on one thread and on two, and prints it again from its file.
///
/// - Parameter arguments: the study's name and its options but `--threads` and `--json`.
/// - Returns: what the file holds.
@discardableResult
func expectSameOnThreads(
  _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
) throws -> Data {
  let program = Executable(name: "PublishedResults")
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
  let again = try program.run([arguments[0], "--read", scratch.path("1.json")])
  #expect(again.output == runs[0].output, sourceLocation: sourceLocation)
  return files[0]
}
