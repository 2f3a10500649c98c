import DitherTraining
import Foundation

/// An empty folder for the time of one test.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }
}

func bytes(of path: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
}

extension TemporaryFolder {
  /// The error that a file of these bytes ends in; nil if it is read.
  func fault(_ bytes: [UInt8]) throws -> SafetensorsError? {
    let path = try write(bytes, to: "a.safetensors")
    do throws(SafetensorsError) {
      _ = try Safetensors(contentsOf: path)
      return nil
    } catch {
      return error
    }
  }
}

/// A safetensors file: the header's length, the header, the data.
func safetensorsFile(_ header: String, data: [UInt8] = []) -> [UInt8] {
  let length = UInt64(header.utf8.count)
  return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8) + data
}

/// A generator with a fixed seed (SplitMix64): the same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
