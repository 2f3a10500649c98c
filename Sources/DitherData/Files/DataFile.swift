#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Files read whole, and written so that their reader finds the old contents or the new ones and never a part of them.
package enum DataFile {
  /// The bytes of a regular file.
  package static func contents(of path: String) throws(DataError) -> [UInt8] {
    // A pipe would be waited for until it has a writer; a regular file is not affected.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 {
      let code = errno
      if code == ENOENT || code == ENOTDIR { throw .missing(file: path) }
      throw .unreadable(file: path, reason: reason(code))
    }
    defer { _ = close(descriptor) }
    var status = stat()
    if unsafe fstat(descriptor, &status) != 0 {
      throw .unreadable(file: path, reason: reason(errno))
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
    let block = unsafe UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { unsafe block.deallocate() }
    while true {
      let count = unsafe read(descriptor, block.baseAddress, block.count)
      if count == 0 { return bytes }
      if count > 0 {
        unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: block[..<count]))
      } else if errno != EINTR {
        throw .unreadable(file: path, reason: reason(errno))
      }
    }
  }

  /// Puts a file of these bytes at a path, in place of what may be there: written and flushed to the disk beside it under
  /// another name, then renamed. On an error what was there is as it was, and nothing is left beside it.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(DataError) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
    let number = UInt64.random(in: 0...UInt64.max)
    let temporary = folder + ".\(getpid())-\(String(number, radix: 36)).partial"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw .unwritable(file: path, reason: reason(errno)) }
    var failure = write(bytes, to: descriptor)
    if failure == nil, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == nil { failure = errno }
    if failure == nil, unsafe rename(temporary, path) != 0 { failure = errno }
    if let failure {
      _ = unsafe unlink(temporary)
      throw .unwritable(file: path, reason: reason(failure))
    }
    flush(folder: folder)
  }

  /// The system's code of what went wrong; nil if nothing did.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    unsafe bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
        let count = unsafe systemWrite(descriptor, rest.baseAddress, rest.count)
        if count >= 0 { written += count } else if errno != EINTR { return errno }
      }
      return nil
    }
  }

  /// The new name lasts once the folder is on the disk too. Not every file system can say so, and the file is whole anyhow.
  private static func flush(folder: String) {
    let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { return }
    _ = fsync(descriptor)
    _ = close(descriptor)
  }

  private static func reason(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}

/// The system's `write`, which the function of that name above hides.
private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, start, count)
}
