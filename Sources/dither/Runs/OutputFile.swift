import DitherData
import Foundation

/// A file to write at the end, found to be writable at the beginning.
struct OutputFile {
  private let path: String

  init(path: String, flag: String) throws(UsageError) {
    self.path = path
    if isFolder(path) {
      throw UsageError("\(flag) \(path): a folder is there; expected a file, or a new name")
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    if !FileManager.default.isWritableFile(atPath: folder) {
      throw UsageError(
        "\(flag) \(path): cannot write in \(folder); expected a folder that is there and writable")
    }
  }

  /// Writes the whole file or, on failure, leaves what was there.
  func write(_ text: String) throws(DataError) {
    try DataFile.replace(path, with: Array(text.utf8))
  }
}
