import DitherData
import Foundation

/// A file to write at the end, found to be writable at the beginning.
///
/// A file is replaced whole, and keeps its permissions; a symbolic link stays, and the file that it leads to is replaced. A pipe or a
/// device, or what the shell has opened for the program, is written to as it is.
struct OutputFile {
  private let path: String
  private let isStream: Bool

  init(path: String, flag: String) throws(UsageError) {
    if path.isEmpty { throw UsageError("\(flag) is \"\"; expected a file") }
    var status = stat()
    let exists = unsafe stat(path, &status) == 0
    switch exists ? status.st_mode & S_IFMT : S_IFREG {
    case S_IFREG: isStream = Self.isOfShell(path)
    case S_IFDIR:
      throw UsageError("\(flag) \(path): a folder is there; expected a file, or a new name")
    case S_IFBLK: throw UsageError("\(flag) \(path): a disk is there; expected a file")
    default: isStream = true
    }
    if isStream {
      self.path = path
      return
    }
    self.path = try Self.target(of: path, flag)
    let folder = Self.folder(of: self.path)
    if !FileManager.default.isWritableFile(atPath: folder) {
      throw UsageError(
        "\(flag) \(path): cannot write in \(folder); expected a folder that is there and writable")
    }
  }

  /// Whether a path is that of an open file, whose name is not to become that of another.
  private static func isOfShell(_ path: String) -> Bool {
    ["/dev/stdout", "/dev/stderr"].contains(path) || path.hasPrefix("/dev/fd/")
      || path.hasPrefix("/proc/")
  }

  /// Where symbolic links lead, whether a file is there or not.
  private static func target(of path: String, _ flag: String) throws(UsageError) -> String {
    var target = path
    // As many as the system follows.
    for _ in 0..<40 {
      guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: target) else {
        return target
      }
      target = next.hasPrefix("/") ? next : "\(folder(of: target))/\(next)"
    }
    throw UsageError("\(flag) \(path): links that lead to each other; expected a file")
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Writes the whole text or, on failure, leaves the file that was there.
  func write(_ text: String) throws(DataError) {
    let bytes = Array(text.utf8)
    if !isStream { return try DataFile.replace(path, with: bytes) }
    do throws(SystemCallFailure) {
      let flags = O_WRONLY | O_APPEND | O_CLOEXEC
      let descriptor = Int32(
        try SystemCall.open.make { Int(unsafe Foundation.open(path, flags)) })
      defer { _ = Foundation.close(descriptor) }
      try SystemCall.writeAll(bytes, to: descriptor)
    } catch {
      throw .unwritable(file: path, reason: error.reason)
    }
  }
}
