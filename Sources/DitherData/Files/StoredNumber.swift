import DitherTensors

/// How a number lies in a file.
enum StoredNumber: Sendable {
  /// One byte, 0 or 1.
  case boolean
  case uint8, int8, uint16, int16, int24, uint32, int32, uint64, int64, float32, float64

  /// In bytes.
  var size: Int {
    switch self {
    case .boolean, .uint8, .int8: 1
    case .uint16, .int16: 2
    case .int24: 3
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64: 8
    }
  }
}

extension ByteReader {
  /// The numbers of a shape, each the nearest `Float`. That the file has so many is checked before memory is taken.
  mutating func tensor(
    of number: StoredNumber, bigEndian: Bool, shape: [Int]
  ) throws(DataError) -> Tensor {
    let size = ByteReader.byteCount(shape, of: number)
    try expect(size)
    let start = offset
    try skip(size)
    return try Tensor(uninitialized: shape) {
      (span: inout MutableSpan<Float>) throws(DataError) in
      try read(&span, number, bigEndian: bigEndian, from: start)
    }
  }

  /// The bytes that the numbers of a shape take; the greatest `Int` if they cannot be counted, or could not if no length
  /// were 0.
  private static func byteCount(_ shape: [Int], of number: StoredNumber) -> Int {
    var count = number.size
    for length in shape where length > 0 {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      if overflow { return .max }
      count = product
    }
    return shape.contains(0) ? 0 : count
  }

  private func read(
    _ span: inout MutableSpan<Float>, _ number: StoredNumber, bigEndian: Bool, from start: Int
  ) throws(DataError) {
    switch number {
    case .boolean: try readBooleans(&span, from: start)
    case .uint8: readIntegers(&span, UInt8.self, bigEndian, from: start)
    case .int8: readIntegers(&span, Int8.self, bigEndian, from: start)
    case .uint16: readIntegers(&span, UInt16.self, bigEndian, from: start)
    case .int16: readIntegers(&span, Int16.self, bigEndian, from: start)
    case .int24: readIntegersOf24Bits(&span, from: start)
    case .uint32: readIntegers(&span, UInt32.self, bigEndian, from: start)
    case .int32: readIntegers(&span, Int32.self, bigEndian, from: start)
    case .uint64: readIntegers(&span, UInt64.self, bigEndian, from: start)
    case .int64: readIntegers(&span, Int64.self, bigEndian, from: start)
    case .float32: try readFloats(&span, bigEndian, from: start)
    case .float64: try readDoubles(&span, bigEndian, from: start)
    }
  }

  private func readIntegers<Number: FixedWidthInteger & BitwiseCopyable>(
    _ span: inout MutableSpan<Float>, _ type: Number.Type, _ bigEndian: Bool, from start: Int
  ) {
    let raw = unsafe bytes.span.bytes
    let size = MemoryLayout<Number>.size
    for index in span.indices {
      let number = unsafe raw.unsafeLoadUnaligned(
        fromByteOffset: start + index * size, as: Number.self)
      span[index] = Float(bigEndian ? Number(bigEndian: number) : Number(littleEndian: number))
    }
  }

  /// Little-endian alone.
  private func readIntegersOf24Bits(_ span: inout MutableSpan<Float>, from start: Int) {
    let text = bytes.span
    for index in span.indices {
      let place = start + 3 * index
      let high = Int32(Int8(bitPattern: text[place + 2])) << 16
      span[index] = Float(high | Int32(text[place + 1]) << 8 | Int32(text[place]))
    }
  }

  private func readBooleans(
    _ span: inout MutableSpan<Float>, from start: Int
  ) throws(DataError) {
    let text = bytes.span
    for index in span.indices {
      let byte = text[start + index]
      if byte > 1 { throw malformed(at: start + index, byte, expected: "a truth value, 0 or 1") }
      span[index] = Float(byte)
    }
  }

  private func readFloats(
    _ span: inout MutableSpan<Float>, _ bigEndian: Bool, from start: Int
  ) throws(DataError) {
    let raw = unsafe bytes.span.bytes
    for index in span.indices {
      let bits = unsafe raw.unsafeLoadUnaligned(fromByteOffset: start + index * 4, as: UInt32.self)
      let number = Float(
        bitPattern: bigEndian ? UInt32(bigEndian: bits) : UInt32(littleEndian: bits))
      if !number.isFinite {
        throw .notFiniteNumber(file: file, offset: start + index * 4, found: "\(number)")
      }
      span[index] = number
    }
  }

  /// A number too great for a `Float` is refused as an infinite one is.
  private func readDoubles(
    _ span: inout MutableSpan<Float>, _ bigEndian: Bool, from start: Int
  ) throws(DataError) {
    let raw = unsafe bytes.span.bytes
    for index in span.indices {
      let bits = unsafe raw.unsafeLoadUnaligned(fromByteOffset: start + index * 8, as: UInt64.self)
      let number = Double(
        bitPattern: bigEndian ? UInt64(bigEndian: bits) : UInt64(littleEndian: bits))
      span[index] = Float(number)
      if !span[index].isFinite {
        throw .notFiniteNumber(file: file, offset: start + index * 8, found: "\(number)")
      }
    }
  }
}
