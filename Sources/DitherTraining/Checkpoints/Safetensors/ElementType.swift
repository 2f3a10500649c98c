/// The types of elements that are read, under their names in safetensors files.
enum ElementType: String, CaseIterable {
  case f64 = "F64"
  case f32 = "F32"
  case f16 = "F16"
  case bf16 = "BF16"
  case i64 = "I64"
  case u64 = "U64"
  case i32 = "I32"
  case u32 = "U32"
  case i16 = "I16"
  case u16 = "U16"
  case i8 = "I8"
  case u8 = "U8"
  case bool = "BOOL"

  /// Of one element.
  var bytes: Int {
    switch self {
    case .f64, .i64, .u64: 8
    case .f32, .i32, .u32: 4
    case .f16, .bf16, .i16, .u16: 2
    case .i8, .u8, .bool: 1
    }
  }

  /// Reads a type's name.
  init(_ reader: inout JSONReader) throws(JSONFault) {
    _ = reader.next()
    let position = reader.position
    let name = try reader.string()
    guard let type = ElementType(rawValue: name) else {
      throw JSONFault(
        position: position, found: "the type \(String(reflecting: name))",
        expected: "one of \(ElementType.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self = type
  }

  /// Converts as many elements as `floats` has.
  ///
  /// - Returns: the place of the first byte that is no value of the type; nil if all are.
  func convert(
    _ bytes: UnsafeRawBufferPointer, to floats: UnsafeMutableBufferPointer<Float>
  ) -> Int? {
    switch self {
    case .f64: unsafe each(bytes, floats) { (x: Double) in Float(x) }
    case .f32: unsafe each(bytes, floats) { (x: Float) in x }
    case .f16: unsafe each(bytes, floats) { (x: UInt16) in float(half: x) }
    case .bf16: unsafe each(bytes, floats) { (x: UInt16) in Float(bitPattern: UInt32(x) << 16) }
    case .i64: unsafe each(bytes, floats) { (x: Int64) in Float(x) }
    case .u64: unsafe each(bytes, floats) { (x: UInt64) in Float(x) }
    case .i32: unsafe each(bytes, floats) { (x: Int32) in Float(x) }
    case .u32: unsafe each(bytes, floats) { (x: UInt32) in Float(x) }
    case .i16: unsafe each(bytes, floats) { (x: Int16) in Float(x) }
    case .u16: unsafe each(bytes, floats) { (x: UInt16) in Float(x) }
    case .i8: unsafe each(bytes, floats) { (x: Int8) in Float(x) }
    case .u8: unsafe each(bytes, floats) { (x: UInt8) in Float(x) }
    case .bool:
      unsafe each(bytes, floats) { (x: UInt8) in Float(x) }
      return unsafe bytes.firstIndex { $0 > 1 }
    }
    return nil
  }

  private func each<Element: BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, _ floats: UnsafeMutableBufferPointer<Float>,
    _ convert: (Element) -> Float
  ) {
    let stride = MemoryLayout<Element>.size
    for index in 0..<floats.count {
      unsafe floats[index] = convert(
        bytes.loadUnaligned(fromByteOffset: index * stride, as: Element.self))
    }
  }
}

/// The number of a half-precision pattern, exactly. (`Float16` is not there on every platform.)
private func float(half bits: UInt16) -> Float {
  let sign = UInt32(bits & 0x8000) << 16
  let exponent = UInt32(bits >> 10 & 0x1F)
  let fraction = UInt32(bits & 0x3FF)
  switch exponent {
  case 0: return Float(bitPattern: sign | (Float(fraction) * 0x1p-24).bitPattern)
  case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
  default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
  }
}
