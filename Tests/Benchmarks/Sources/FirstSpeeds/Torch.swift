import Foundation

/// A Python process that times PyTorch's `normal_` between our own measurements, so that both meet the same machine.
final class Torch {
  private(set) var version = ""
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var received = ""

  /// - Parameter python: a Python that can import torch.
  init?(python: String, count: Int, threads: Int) {
    let script = URL(fileURLWithPath: #filePath)
      .appendingPathComponent("../../../torch_normal.py").standardizedFileURL.path
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [script, String(count), String(threads)]
    process.standardInput = input
    process.standardOutput = output
    guard (try? process.run()) != nil, let first = readLine() else { return nil }
    version = first
  }

  /// Nanoseconds a draw.
  func measure() -> Double? {
    input.fileHandleForWriting.write(Data("\n".utf8))
    return readLine().flatMap(Double.init)
  }

  func stop() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  private func readLine() -> String? {
    while true {
      if let end = received.firstIndex(of: "\n") {
        defer { received.removeSubrange(...end) }
        return String(received[..<end])
      }
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { return nil }
      received += String(decoding: data, as: UTF8.self)
    }
  }
}
