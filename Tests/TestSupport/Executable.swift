package import Foundation
import Testing

/// One of the package's executables, or one of the system's by its path, run as a process: what a user sees of it.
package struct Executable: Sendable {
  package var name: String

  package init(name: String) { self.name = name }

  /// How one run ended and what it printed.
  package struct Outcome: Sendable {
    package var exitCode: Int32
    package var output: String
    package var error: String
  }

  /// Executables are built beside the tests, but for one of the system, whose name is its path.
  package var url: URL {
    if name.hasPrefix("/") { return URL(fileURLWithPath: name) }
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
    let folder =
      bundle.bundlePath.hasSuffix(".xctest")
      ? bundle.bundleURL.deletingLastPathComponent() : bundle.bundleURL
    return folder.appendingPathComponent(name)
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - terminal: takes what goes to standard error, as a terminal would; else it is returned.
  ///   - folder: in which it runs; the tests' own without it.
  ///   - whileRunning: is given the process as soon as it runs.
  package func run(
    _ arguments: [String] = [], terminal: Terminal? = nil, in folder: URL? = nil,
    whileRunning: (Process) throws -> Void = { _ in }
  ) throws -> Outcome {
    try #require(
      FileManager.default.isExecutableFile(atPath: url.path),
      "\(url.path) is missing; `swift build` makes it")
    let process = Process()
    let (output, error) = (Pipe(), Pipe())
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = terminal?.program ?? error
    if terminal != nil { process.environment = ["TERM": "xterm"] }
    try withoutSignalSettings { try process.run() }
    terminal?.program.closeFile()
    try whileRunning(process)
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let complained = terminal?.read() ?? error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      exitCode: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: String(decoding: printed, as: UTF8.self),
      error: String(decoding: complained, as: UTF8.self))
  }
}

/// Starts a program as a terminal does. A program inherits which signals are blocked, on the threads that tests run on almost all,
/// and which are ignored, for a test in the background an interrupt.
private func withoutSignalSettings(_ start: () throws -> Void) rethrows {
  var (none, blocked) = (sigset_t(), sigset_t())
  _ = unsafe sigemptyset(&none)
  _ = unsafe pthread_sigmask(SIG_SETMASK, &none, &blocked)
  let handler = signal(SIGINT, SIG_DFL)
  defer {
    _ = signal(SIGINT, handler)
    _ = unsafe pthread_sigmask(SIG_SETMASK, &blocked, nil)
  }
  try start()
}

/// A terminal that a program may write to, and the end at which one reads what it wrote.
package struct Terminal {
  package let program: FileHandle
  private let reader: Int32

  package init() throws {
    var (reader, program): (Int32, Int32) = (-1, -1)
    let status = unsafe openpty(&reader, &program, nil, nil, nil)
    try #require(status == 0, "no pseudoterminal could be opened")
    self.program = FileHandle(fileDescriptor: program, closeOnDealloc: false)
    self.reader = reader
  }

  /// Everything until the program has closed its end, which Linux reports as an error and macOS as an end.
  package func read() -> Data {
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Foundation.read(reader, bytes.baseAddress, bytes.count)
      }
      if count <= 0 { break }
      data += buffer[..<count]
    }
    close(reader)
    return data
  }
}

/// An empty folder for the time of one test.
package final class Scratch {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  package func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  package func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
    return path(name)
  }

  package var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
  }
}
