import Foundation

/// A file that is read at chosen places.
final class FileReader {
  let path: String
  /// In bytes.
  let size: Int
  private let descriptor: Int32

  /// Opens a file; anything but a file, such as a directory, throws.
  init(_ path: String) throws(SafetensorsError) {
    self.path = path
    // A pipe would be waited for otherwise; a file is not affected.
    let opened = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    let number = errno
    descriptor = opened
    var status = stat()
    let isKnown = unsafe opened >= 0 && fstat(opened, &status) == 0
    size = isKnown ? Int(status.st_size) : 0
    if opened < 0 {
      if number == ENOENT { throw .missing(file: path) }
      throw .unreadable(file: path, reason: systemReason(number))
    }
    let isDirectory = status.st_mode & S_IFMT == S_IFDIR
    guard isKnown, status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(file: path, reason: isDirectory ? "a directory" : "no file")
    }
  }

  deinit {
    if descriptor >= 0 { _ = close(descriptor) }
  }

  /// Fills a buffer with what the file holds from an offset on.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, from offset: Int
  ) throws(SafetensorsError) {
    var done = 0
    while done < buffer.count {
      let part = unsafe UnsafeMutableRawBufferPointer(
        rebasing: buffer[done..<min(done + (1 << 30), buffer.count)])
      let count = unsafe pread(descriptor, part.baseAddress, part.count, off_t(offset + done))
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw .unreadable(file: path, reason: systemReason(errno)) }
      if count == 0 {
        throw .malformed(
          file: path, offset: offset + done, found: "the file ends",
          expected: "\(buffer.count - done) bytes more")
      }
      done += count
    }
  }

  /// The bytes from an offset on.
  func bytes(_ count: Int, from offset: Int) throws(SafetensorsError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    try unsafe bytes.withUnsafeMutableBufferPointer { buffer throws(SafetensorsError) in
      try unsafe read(into: UnsafeMutableRawBufferPointer(buffer), from: offset)
    }
    return bytes
  }
}
