import DitherTensors
import Foundation

/// Recordings of the Free Spoken Digit Dataset, which is not part of the repository.
enum Speech {
  /// The folder of recordings: `fsdd/recordings` in `shared/data` beside the repository, or in the folder that DITHER_DATA names.
  static let folder: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let data =
      ProcessInfo.processInfo.environment["DITHER_DATA"].map { URL(filePath: $0) }
      ?? root.deletingLastPathComponent().appending(path: "shared/data")
    let folder = data.appending(path: "fsdd/recordings")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  static let missing =
    "no folder ../shared/data/fsdd/recordings beside the repository, nor under DITHER_DATA: the Free Spoken Digit Dataset"

  /// The samples of a recording in −1…1: 16 bits, one channel.
  static func samples(_ name: String) throws -> [Float] {
    let data = try Data(contentsOf: folder!.appending(path: name))
    func number(_ offset: Int, _ bytes: Int) -> Int {
      (0..<bytes).reduce(0) { $0 | Int(data[offset + $1]) << (8 * $1) }
    }
    var offset = 12
    while offset + 8 <= data.count {
      let (kind, size) = (
        String(decoding: data[offset..<offset + 4], as: UTF8.self), number(offset + 4, 4)
      )
      if kind == "data" {
        let count = min(size, data.count - offset - 8) / 2
        return (0..<count).map {
          Float(Int16(truncatingIfNeeded: number(offset + 8 + 2 * $0, 2))) / 32768
        }
      }
      offset += 8 + size + size % 2
    }
    return []
  }
}

/// 10 · log₁₀ of the ratio of two signals' energies.
func decibels(_ signal: some Sequence<Float>, over noise: some Sequence<Double>) -> Double {
  let energy = signal.reduce(0.0) { $0 + Double($1) * Double($1) }
  return 10 * log10(energy / noise.reduce(0.0) { $0 + $1 * $1 })
}

/// What was added to `before`: the difference of the samples.
func added(_ after: some Sequence<Float>, to before: some Sequence<Float>) -> [Double] {
  zip(after, before).map { Double($0) - Double($1) }
}
