package import ArgumentParser
import DitherRuntime

/// Results that are printed as a page shows them.
package protocol PrintedReport: Codable {
  var text: String { get }
}

/// What every study has in common on the command line.
package struct RunOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How many runs of each kind: seeds 1…n.", valueName: "n"))
  package var seeds = 6

  @Option(help: ArgumentHelp("The most threads to use. (default: all available)", valueName: "n"))
  package var threads: Int?

  @Option(help: ArgumentHelp("A file to write the results to.", valueName: "file.json"))
  package var json: String?

  @Option(
    help: ArgumentHelp(
      "Print the results that --json wrote, and train nothing.", valueName: "file.json"))
  package var read: String?

  package init() {}

  package func validate() throws {
    guard 1...1000 ~= seeds else {
      throw ValidationError("--seeds is \(seeds); expected 1 to 1000")
    }
    guard threads.map({ 1...Execution.maximumThreads ~= $0 }) ?? true else {
      throw ValidationError(
        "--threads is \(threads ?? 0); expected 1 to \(Execution.maximumThreads)")
    }
  }

  package var allSeeds: [UInt64] { (1...seeds).map(UInt64.init) }
  package var threadCount: Int { threads ?? Execution.current.threads }

  /// Prints a report, of a file or of what is computed, and writes it where the command line says.
  ///
  /// - Returns: the report.
  /// - Throws: ``FileError`` before anything is computed where the report cannot be read or written, or what `compute` throws.
  @discardableResult
  package func report<Report: PrintedReport>(
    _ compute: () async throws -> Report
  ) async throws -> Report {
    let output = try json.map { try OutputFile(path: $0, option: "--json") }
    let report: Report
    if let read {
      report = try ResultsFile.read(read, option: "--read")
    } else {
      report = try await compute()
    }
    print(report.text)
    try output?.write(report)
    return report
  }
}
