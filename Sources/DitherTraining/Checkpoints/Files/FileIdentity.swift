import Foundation
import Synchronization

/// Which file is at a path, and in which state: another once it is replaced, or written to.
struct FileIdentity: Hashable, Sendable {
  private let numbers: [Int]

  /// Nil where there is none.
  init?(_ path: String) {
    var status = stat()
    if unsafe stat(path, &status) != 0 { return nil }
    #if canImport(Darwin)
      let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
    #else
      let (modified, changed) = (status.st_mtim, status.st_ctim)
    #endif
    numbers = [
      Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino),
      Int(status.st_size),
      Int(modified.tv_sec), Int(modified.tv_nsec), Int(changed.tv_sec), Int(changed.tv_nsec),
    ]
  }
}

/// Files that this program has written or read whole, by their paths, as they then were.
enum WholeFiles {
  private static let known = Mutex<[String: FileIdentity]>([:])

  static func contain(_ found: FileIdentity, at path: String) -> Bool {
    known.withLock { $0[path] == found }
  }

  static func note(_ found: FileIdentity?, at path: String) {
    known.withLock { $0[path] = found }
  }
}
