import Foundation

extension SystemCall {
  /// Writes bytes to an open file, all of them.
  package static func writeAll(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32
  ) throws(SystemCallFailure) {
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

  /// Writes bytes to an open file, all of them.
  package static func writeAll(
    _ bytes: [UInt8], to descriptor: Int32
  ) throws(SystemCallFailure) {
    try unsafe bytes.withUnsafeBufferPointer { bytes throws(SystemCallFailure) in
      try unsafe writeAll(UnsafeRawBufferPointer(bytes), to: descriptor)
    }
  }
}
