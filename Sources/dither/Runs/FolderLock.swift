import Foundation

/// A folder that one program at a time works in, until this goes or the program ends.
final class FolderLock {
  private let descriptor: Int32

  /// - Parameter work: what is done there, for messages.
  /// - Throws: `UsageError` where another program has the folder.
  init(_ path: String, for work: String = "training") throws(UsageError) {
    descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A file system without locks is no hindrance.
    if descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      throw UsageError(
        "\(path): another \(work) is at work there; expected another folder, or its end")
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }
}
