import ArgumentParser
import BenchmarkReport
import Foundation

/// Writes the page of a run again, without measuring.
@main
struct BenchReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write benchmarks.md and its plots from a run's JSON.",
    discussion:
      "Notes by hand are read from benchmarks-notes.json in the directory, if it is there.")

  @Argument(help: "The JSON file of a run.", completion: .file(extensions: ["json"]))
  var json: String

  @Argument(help: "The directory for the page.", completion: .directory)
  var directory: String

  func run() throws {
    let report = try Report(json: Data(contentsOf: URL(filePath: json)))
    let unknown = try report.writePage(to: URL(filePath: directory, directoryHint: .isDirectory))
    for name in unknown {
      FileHandle.standardError.write(Data("note about what is not in the run: \(name)\n".utf8))
    }
  }
}
