import Foundation
import Testing

/// One of the package's executables, run as a process: what a user sees of it.
struct Executable {
  var name: String

  /// How one run ended and what it printed.
  struct Outcome {
    var exitCode: Int32
    var output: String
    var error: String
  }

  /// Executables are built beside the tests.
  private var url: URL {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
    let folder =
      bundle.bundlePath.hasSuffix(".xctest")
      ? bundle.bundleURL.deletingLastPathComponent() : bundle.bundleURL
    return folder.appendingPathComponent(name)
  }

  /// - Parameter terminal: takes what goes to standard error, as a terminal would; else it is returned.
  func run(_ arguments: [String] = [], terminal: Terminal? = nil) throws -> Outcome {
    try #require(
      FileManager.default.isExecutableFile(atPath: url.path),
      "\(url.path) is missing; `swift build` makes it")
    let process = Process()
    let (output, error) = (Pipe(), Pipe())
    process.executableURL = url
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = terminal?.program ?? error
    if terminal != nil { process.environment = ["TERM": "xterm"] }
    try process.run()
    terminal?.program.closeFile()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let complained = terminal?.read() ?? error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      exitCode: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: String(decoding: printed, as: UTF8.self),
      error: String(decoding: complained, as: UTF8.self))
  }
}

/// A terminal that a program may write to, and the end at which one reads what it wrote.
struct Terminal {
  let program: FileHandle
  private let reader: Int32

  init() throws {
    var (reader, program): (Int32, Int32) = (-1, -1)
    let status = unsafe openpty(&reader, &program, nil, nil, nil)
    try #require(status == 0, "no pseudoterminal could be opened")
    self.program = FileHandle(fileDescriptor: program, closeOnDealloc: false)
    self.reader = reader
  }

  /// Everything until the program has closed its end, which Linux reports as an error and macOS as an end.
  func read() -> Data {
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
final class Scratch {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
    return path(name)
  }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
  }
}
