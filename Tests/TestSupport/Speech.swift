import DitherData
import DitherTensors
import Foundation

/// Recordings of the Free Spoken Digit Dataset, which is not part of the repository.
package enum Speech {
  /// The folder of recordings: `fsdd/recordings` in `shared/data` beside the repository, or in the folder that DITHER_DATA names.
  package static let folder: String? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data =
      ProcessInfo.processInfo.environment["DITHER_DATA"].map { URL(filePath: $0) }
      ?? root.deletingLastPathComponent().appending(path: "shared/data")
    let folder = data.appending(path: "fsdd/recordings").path
    return FileManager.default.fileExists(atPath: folder) ? folder : nil
  }()

  package static let missing =
    "no folder ../shared/data/fsdd/recordings beside the repository, nor under DITHER_DATA: the Free Spoken Digit Dataset"

  /// The samples of a recording of one channel, in −1…1.
  package static func samples(_ name: String) throws -> [Float] {
    try Recording(contentsOf: folder! + "/" + name).samples.scalars
  }
}
