import Foundation

/// A new file, written in large blocks.
final class FileWriter {
  private static let blockBytes = 1 << 20

  private var descriptor: Int32
  private var block: [UInt8] = []

  /// Opens the file for writing; what it held is gone.
  init(_ path: String) throws(SystemCallFailure) {
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
    descriptor = -1
    descriptor = Int32(
      try SystemCall.open.make { Int(unsafe Foundation.open(path, flags, 0o666)) })
    block.reserveCapacity(Self.blockBytes)
  }

  deinit {
    if descriptor >= 0 { _ = Foundation.close(descriptor) }
  }

  /// Writes bytes after those before.
  func append(_ bytes: UnsafeRawBufferPointer) throws(SystemCallFailure) {
    if block.count + bytes.count > Self.blockBytes { try flush() }
    if bytes.count > Self.blockBytes {
      try unsafe write(bytes)
    } else {
      unsafe block.append(contentsOf: bytes)
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
    // The system writes less than 2³¹ bytes in one call.
    let most = 1 << 30
    var start = 0
    while start < bytes.count {
      let part = unsafe UnsafeRawBufferPointer(
        rebasing: bytes[start..<min(start + most, bytes.count)])
      start += try SystemCall.write.make {
        unsafe Foundation.write(descriptor, part.baseAddress, part.count)
      }
    }
  }
}
