import Foundation

/// A new file, written in large blocks.
package final class FileWriter {
  private static let blockBytes = 1 << 20

  private var descriptor: Int32
  private var block: [UInt8] = []

  /// Makes the file. One that has the name already is a failure.
  init(_ path: String) throws(SystemCallFailure) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    descriptor = -1
    descriptor = Int32(
      try SystemCall.open.make { Int(unsafe Foundation.open(path, flags, 0o666)) })
  }

  deinit {
    if descriptor >= 0 { _ = Foundation.close(descriptor) }
  }

  /// Gives the file the permissions of the one at a path, where there is one: what only its owner may read stays so.
  func takePermissions(of path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    // Some file systems have none.
    _ = fchmod(descriptor, status.st_mode & 0o7777)
  }

  /// Writes bytes after those before.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(SystemCallFailure) {
    if block.count + bytes.count > Self.blockBytes { try flush() }
    if bytes.count > Self.blockBytes {
      try unsafe write(bytes)
    } else {
      if block.capacity == 0 { block.reserveCapacity(Self.blockBytes) }
      unsafe block.append(contentsOf: bytes)
    }
  }

  /// Writes bytes after those before.
  package func append(_ bytes: [UInt8]) throws(SystemCallFailure) {
    try unsafe bytes.withUnsafeBufferPointer { bytes throws(SystemCallFailure) in
      try unsafe append(UnsafeRawBufferPointer(bytes))
    }
  }

  /// Writes what is left to the disk itself, and closes the file.
  func finish() throws(SystemCallFailure) {
    try flush()
    _ = try SystemCall.synchronize.make { Int(fsync(descriptor)) }
    let closing = descriptor
    descriptor = -1
    _ = try SystemCall.close.make { Int(Foundation.close(closing)) }
  }

  private func flush() throws(SystemCallFailure) {
    try unsafe block.withUnsafeBufferPointer { bytes throws(SystemCallFailure) in
      try unsafe write(UnsafeRawBufferPointer(bytes))
    }
    block.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws(SystemCallFailure) {
    try unsafe SystemCall.writeAll(bytes, to: descriptor)
  }
}
