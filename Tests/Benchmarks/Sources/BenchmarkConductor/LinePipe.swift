import BenchmarkProtocol
import Foundation

/// Lines of JSON to and from a process.
final class LinePipe {
  private let contender: String
  private let input: FileHandle
  private let output: FileHandle
  private var received: [UInt8] = []

  init(contender: String, input: FileHandle, output: FileHandle) {
    self.contender = contender
    self.input = input
    self.output = output
    // A contender that ended is an error of its own, not the end of this process.
    signal(SIGPIPE, SIG_IGN)
  }

  func send(_ message: some Encodable, during activity: String) throws(BenchmarkError) {
    do {
      try input.write(contentsOf: Line.encode(message))
    } catch {
      throw .ended(contender: contender, during: activity)
    }
  }

  func receive<Message: Decodable>(_ type: Message.Type, during activity: String, seconds: Int)
    throws(BenchmarkError) -> Message
  {
    let line = try receiveLine(during: activity, seconds: seconds)
    do {
      return try Line.decode(type, line)
    } catch {
      throw .unreadable(contender: contender, line: line, reason: "expected \(type)")
    }
  }

  func close() { try? input.close() }

  private func receiveLine(during activity: String, seconds: Int) throws(BenchmarkError) -> String {
    let deadline = ContinuousClock.now + .seconds(seconds)
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        defer { received.removeSubrange(...end) }
        return String(decoding: received[..<end], as: UTF8.self)
      }
      let milliseconds = max(0, (deadline - .now) / .milliseconds(1))
      var waiting = pollfd(fd: output.fileDescriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, Int32(milliseconds))
      if ready == 0 { throw .noAnswer(contender: contender, during: activity, seconds: seconds) }
      if ready < 0 { continue }  // interrupted by a signal
      let count = read(output.fileDescriptor, &chunk, chunk.count)
      if count <= 0 { throw .ended(contender: contender, during: activity) }
      received += chunk[..<count]
    }
  }
}
