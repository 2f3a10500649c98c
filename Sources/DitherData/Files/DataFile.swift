import Foundation

/// Files read whole, and written so that their reader finds the old contents or the new ones and never a part of them.
package enum DataFile {
  /// The bytes of a regular file.
  package static func contents(of path: String) throws(DataError) -> [UInt8] {
    try read(path, atMost: .max)
  }

  /// The first bytes of a regular file: as many, or all of one that has fewer.
  package static func beginning(of path: String, bytes: Int) throws(DataError) -> [UInt8] {
    try read(path, atMost: bytes)
  }

  private static func read(_ path: String, atMost most: Int) throws(DataError) -> [UInt8] {
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
    bytes.reserveCapacity(min(Int(status.st_size), most, 1 << 30))
    let block = UnsafeMutableRawBufferPointer.allocate(
      byteCount: min(most, 1 << 20), alignment: 16)
    defer { unsafe block.deallocate() }
    while bytes.count < most {
      let wanted = min(block.count, most - bytes.count)
      let count = unsafe Foundation.read(descriptor, block.baseAddress, wanted)
      if count == 0 { return bytes }
      if count > 0 {
        unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: block[..<count]))
      } else if errno != EINTR {
        throw .unreadable(file: path, reason: systemReason(errno))
      }
    }
    return bytes
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
