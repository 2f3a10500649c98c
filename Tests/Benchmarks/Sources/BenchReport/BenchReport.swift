import ArgumentParser
import BenchmarkReport
import Foundation

/// Writes the page of a run again, without measuring.
@main
struct BenchReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write benchmarks.md and its plots from benchmarks.json and benchmarks-run.json.",
    discussion:
      "Notes by hand are read from benchmarks-notes.json in the directory, if it is there.")

  @Argument(help: "The directory with the files, and for the page.", completion: .directory)
  var directory: String

  func run() throws {
    let directory = URL(filePath: directory, directoryHint: .isDirectory)
    let report = try Report(
      rows: Data(contentsOf: directory.appending(path: "benchmarks.json")),
      run: Data(contentsOf: directory.appending(path: "benchmarks-run.json")))
    let unknown = try report.writePage(to: directory)
    for name in unknown {
      FileHandle.standardError.write(Data("note about what is not in the run: \(name)\n".utf8))
    }
  }
}
