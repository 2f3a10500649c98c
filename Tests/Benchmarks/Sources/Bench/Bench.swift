import ArgumentParser
import BenchmarkConductor
import BenchmarkReport
import Foundation

/// The conductor's command line.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure the library, the machine's limits and, if given, the library's peers.",
    discussion: """
      All take turns of about 20 ms, round after round, while the others are stopped; a figure is the median over the \
      rounds, a ratio the median of the rounds' ratios. Tables go to standard output.

      EXAMPLE
        bench --filter forward --rounds 5
        bench --peers peers/contenders.json --python .build/python --page docs
      """)

  @Option(help: ArgumentHelp("How many rounds count.", valueName: "n"))
  var rounds = 11

  @Option(help: ArgumentHelp("Measure only the rows whose name contains this.", valueName: "text"))
  var filter: String?

  @Flag(help: "List the names of the rows and measure nothing.")
  var list = false

  @Option(help: ArgumentHelp("A file to write the rows to as JSON.", valueName: "file.json"))
  var json: String?

  @Option(
    help: ArgumentHelp(
      "A directory that is there, to write benchmarks.json, benchmarks-run.json, benchmarks.md and its plots to.",
      valueName: "directory"))
  var page: String?

  @Option(
    help: ArgumentHelp(
      "The threads of every contender. (default: all processors)", valueName: "n"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Measure peers too: a list of their names, commands and environments, which run in its directory.",
      valueName: "file.json"))
  var peers: String?

  @Option(
    help: ArgumentHelp(
      "What peers' command `python` stands for: an interpreter, or the directory of a virtual environment.",
      valueName: "path"))
  var python: String?

  @Option(
    help: ArgumentHelp(
      "The program dither, of which a study is measured; without it that row has no figure.",
      valueName: "path"))
  var program: String?

  @Option(help: ArgumentHelp("The commit that is measured, for the record.", valueName: "name"))
  var commit: String?

  func validate() throws {
    guard rounds >= 1 else { throw ValidationError("--rounds is \(rounds); expected 1 or more") }
    if let program, !FileManager.default.isExecutableFile(atPath: program) {
      throw ValidationError("--program is \(program); expected a program that can be run")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is \(threads); expected 1 to 1024")
    }
  }

  func run() throws {
    let threads = self.threads ?? ProcessInfo.processInfo.activeProcessorCount
    let blocks = Plan.blocks(threads: threads).filtered(by: filter)
    if let filter, blocks.isEmpty { throw BenchmarkError.nothingToDo(filter: filter) }
    if list {
      for block in blocks { for row in block.rows { print(row.name) } }
      return
    }
    let page = page.map { URL(fileURLWithPath: $0, isDirectory: true) }
    let rowFiles = try [json, page?.appending(path: "benchmarks.json").path]
      .compactMap { $0 }.map(OutputFile.init(path:))
    let runFile = try page.map {
      try OutputFile(path: $0.appending(path: "benchmarks-run.json").path)
    }

    let list = peers.map { URL(fileURLWithPath: $0) }
    let specifications = try list.map { try ContenderSpecification.list(file: $0, python: python) }
    let progress = ProgressLine()
    defer { progress.clear() }
    let programs = Bundle.main.executableURL!.deletingLastPathComponent()
    let roster = try Roster(
      programs: programs, studyProgram: program.map { URL(fileURLWithPath: $0) },
      peers: specifications ?? [],
      directory: list?.deletingLastPathComponent() ?? programs, threads: threads
    ) { name in progress.show("starting \(name)") }
    var benchmark = Benchmark(turns: Turns(rounds: rounds), threads: threads, roster: roster)
    let date = Date.now.formatted(.iso8601.year().month().day())
    var report = try benchmark.run(blocks) { title, share in progress.show(title, share: share) }
    (report.date, report.commit) = (date, commit)
    progress.clear()
    print(report.text)
    for file in rowFiles { try file.write(report.rowsJSON()) }
    try runFile?.write(report.runJSON())
    for name in try page.map(report.writePage(to:)) ?? [] {
      FileHandle.standardError.write(Data("note about what is not in the run: \(name)\n".utf8))
    }
  }
}

/// A file that can be written, which is found out before the measurement, not after it.
struct OutputFile {
  private let handle: FileHandle
  private let path: String

  init(path: String) throws {
    self.path = path
    let manager = FileManager.default
    if !manager.fileExists(atPath: path), !manager.createFile(atPath: path, contents: nil) {
      throw BenchmarkError.file(path: path, reason: "cannot be written")
    }
    guard let handle = FileHandle(forWritingAtPath: path) else {
      throw BenchmarkError.file(path: path, reason: "cannot be written")
    }
    self.handle = handle
  }

  func write(_ data: Data) throws {
    do {
      try handle.truncate(atOffset: 0)
      try handle.write(contentsOf: data)
    } catch {
      throw BenchmarkError.file(path: path, reason: "\(error)")
    }
  }
}
