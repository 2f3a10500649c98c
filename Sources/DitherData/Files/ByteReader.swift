/// Reads a file's bytes from the front. What lacks is an error that says where.
struct ByteReader {
  let file: String
  let bytes: [UInt8]
  private(set) var offset = 0

  init(_ bytes: [UInt8], file: String) {
    (self.bytes, self.file) = (bytes, file)
  }

  var remaining: Int { bytes.count - offset }

  /// A whole number of at most four bytes, without sign.
  mutating func number(bytes size: Int, bigEndian: Bool = false) throws(DataError) -> Int {
    try expect(size)
    var value = 0
    for index in 0..<size {
      value |= Int(bytes[offset + index]) << (8 * (bigEndian ? size - 1 - index : index))
    }
    offset += size
    return value
  }

  /// Bytes as they are.
  mutating func take(_ count: Int) throws(DataError) -> [UInt8] {
    try expect(count)
    offset += count
    return Array(bytes[offset - count..<offset])
  }

  mutating func skip(_ count: Int) throws(DataError) {
    try expect(count)
    offset += count
  }

  /// Throws unless so many bytes are left.
  func expect(_ count: Int) throws(DataError) {
    if remaining < count {
      throw .truncated(file: file, offset: offset, found: remaining, expected: count)
    }
  }

  /// Throws if bytes are left.
  func expectEnd() throws(DataError) {
    if remaining > 0 { throw .oversized(file: file, offset: offset, excess: remaining) }
  }

  func malformed(at offset: Int, _ found: some Any, expected: String) -> DataError {
    .malformed(file: file, offset: offset, found: "\(found)", expected: expected)
  }
}

extension [UInt8] {
  /// Adds the bytes of a whole number.
  mutating func append(_ number: some FixedWidthInteger, bigEndian: Bool) {
    let size = number.bitWidth / 8
    for index in 0..<size {
      append(UInt8(truncatingIfNeeded: number >> (8 * (bigEndian ? size - 1 - index : index))))
    }
  }
}
