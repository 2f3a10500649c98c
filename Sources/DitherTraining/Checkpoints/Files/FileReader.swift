import DitherData
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
    do throws(SystemCallFailure) {
      // A pipe would be waited for otherwise; a file is not affected.
      let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
      descriptor = Int32(try SystemCall.open.make { Int(unsafe Foundation.open(path, flags)) })
    } catch {
      if error.number == ENOENT { throw .missing(file: path) }
      throw .unreadable(file: path, reason: systemReason(error.number))
    }
    var status = stat()
    let isKnown = unsafe fstat(descriptor, &status) == 0
    size = isKnown ? Int(status.st_size) : 0
    let isDirectory = status.st_mode & S_IFMT == S_IFDIR
    guard isKnown, status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(file: path, reason: isDirectory ? "a directory" : "no file")
    }
  }

  deinit { _ = close(descriptor) }

  /// Fills a buffer with what the file holds from an offset on.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, from offset: Int
  ) throws(SafetensorsError) {
    var done = 0
    while done < buffer.count {
      let part = unsafe UnsafeMutableRawBufferPointer(
        rebasing: buffer[done..<min(done + (1 << 30), buffer.count)])
      let count: Int
      do throws(SystemCallFailure) {
        count = try SystemCall.read.make {
          unsafe pread(descriptor, part.baseAddress, part.count, off_t(offset + done))
        }
      } catch {
        throw .unreadable(file: path, reason: systemReason(error.number))
      }
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
