import Foundation

/// Files read whole, and written so that their reader finds the old contents or the new ones and never a part of them.
package enum DataFile {
  /// The bytes of a regular file.
  package static func contents(of path: String) throws(DataError) -> [UInt8] {
    // A pipe would be waited for until it has a writer; a regular file is not affected.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 {
      let code = errno
      if code == ENOENT || code == ENOTDIR { throw .missing(file: path) }
      throw .unreadable(file: path, reason: systemReason(code))
    }
    defer { _ = close(descriptor) }
    var status = stat()
    if unsafe fstat(descriptor, &status) != 0 {
      throw .unreadable(file: path, reason: systemReason(errno))
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .unreadable(file: path, reason: "a directory")
    case S_IFCHR, S_IFBLK: throw .unreadable(file: path, reason: "a device")
    case S_IFIFO: throw .unreadable(file: path, reason: "a pipe")
    default: throw .unreadable(file: path, reason: "no regular file")
    }
    var bytes: [UInt8] = []
    // A file with holes may claim any size: beyond this, memory follows what is really read.
    bytes.reserveCapacity(min(Int(status.st_size), 1 << 30))
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { unsafe block.deallocate() }
    while true {
      let count = unsafe read(descriptor, block.baseAddress, block.count)
      if count == 0 { return bytes }
      if count > 0 {
        unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: block[..<count]))
      } else if errno != EINTR {
        throw .unreadable(file: path, reason: systemReason(errno))
      }
    }
  }

  /// Puts a file of these bytes at a path, in place of what may be there.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(DataError) {
    do throws(SystemCallFailure) {
      try replaceFile(at: path) { file throws(SystemCallFailure) in try file.append(bytes) }
    } catch {
      throw .unwritable(file: path, reason: error.reason)
    }
  }
}
