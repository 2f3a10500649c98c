import DitherRuntime
public import DitherTensors

/// How an IDX file stores its numbers, all of them big-endian. The raw value is the format's code.
public enum IDXElement: UInt8, CaseIterable, Sendable {
  case uint8 = 0x08
  case int8 = 0x09
  case int16 = 0x0B
  case int32 = 0x0C
  case float32 = 0x0D
  case float64 = 0x0E

  var number: StoredNumber {
    switch self {
    case .uint8: .uint8
    case .int8: .int8
    case .int16: .int16
    case .int32: .int32
    case .float32: .float32
    case .float64: .float64
    }
  }

  /// The whole numbers that it holds; nil for floating point, which holds every `Float`.
  var range: ClosedRange<Int>? {
    switch self {
    case .uint8: 0...255
    case .int8: -128...127
    case .int16: -32768...32767
    case .int32: -2_147_483_648...2_147_483_647
    case .float32, .float64: nil
    }
  }
}

/// The format of the MNIST files (LeCun, Cortes & Burges): two zeros, the code of the elements, the number of axes, the length
/// of each axis in 32 bits, then the elements, the last axis varying fastest; all big-endian.
enum IDXFile {
  static func read(_ reader: inout ByteReader) throws(DataError) -> Tensor {
    let (element, shape) = try header(&reader)
    let tensor = try reader.tensor(of: element.number, bigEndian: true, shape: shape)
    try reader.expectEnd()
    return tensor
  }

  /// What comes before the elements.
  static func header(
    _ reader: inout ByteReader
  ) throws(DataError) -> (element: IDXElement, shape: [Int]) {
    if try reader.number(bytes: 2) != 0 {
      throw reader.malformed(at: 0, "no IDX file", expected: "two zeros")
    }
    let code = try reader.number(bytes: 1)
    guard let element = IDXElement(rawValue: UInt8(code)) else {
      throw reader.malformed(
        at: 2, "element code \(code)", expected: "8, 9, 11, 12, 13 or 14")
    }
    let rank = try reader.number(bytes: 1)
    if rank == 0 { throw reader.malformed(at: 3, "no axes", expected: "at least one") }
    try reader.expect(4 * rank)
    var shape: [Int] = []
    for _ in 0..<rank { shape.append(try reader.number(bytes: 4, bigEndian: true)) }
    return (element, shape)
  }

  static func bytes(of tensor: Tensor, as element: IDXElement) -> [UInt8] {
    require(
      tensor.rank >= 1 && tensor.rank <= 255
        && tensor.shape.allSatisfy { $0 <= Int(UInt32.max) },
      "IDX: shape \(tensor.shape); expected 1 to 255 axes of less than 2³² each")
    var bytes: [UInt8] = [0, 0, element.rawValue, UInt8(tensor.rank)]
    bytes.reserveCapacity(4 + 4 * tensor.rank + tensor.count * element.number.size)
    for length in tensor.shape { bytes.append(UInt32(length), bigEndian: true) }
    for value in tensor.scalars {
      switch element {
      case .float32: bytes.append(value.bitPattern, bigEndian: true)
      case .float64: bytes.append(Double(value).bitPattern, bigEndian: true)
      case .uint8, .int8, .int16, .int32:
        let number = whole(value, as: element)
        switch element.number.size {
        case 1: bytes.append(UInt8(truncatingIfNeeded: number))
        case 2: bytes.append(Int16(number), bigEndian: true)
        default: bytes.append(Int32(number), bigEndian: true)
        }
      }
    }
    return bytes
  }

  private static func whole(_ value: Float, as element: IDXElement) -> Int {
    let range = element.range!
    guard let number = Int(exactly: value), range.contains(number) else {
      misuse("IDX: element \(value) as \(element); expected a whole number in \(range)")
    }
    return number
  }
}

extension Tensor {
  /// Writes an IDX file, the format of the MNIST files, in place of what may be at the path: whole or not at all.
  ///
  /// - Parameters:
  ///   - path: the file's.
  ///   - element: how each number is stored. Stops at one that it does not hold, such as 0.5 as `uint8`.
  /// - Throws: ``DataError/unwritable(file:reason:)``.
  public func write(toIDX path: String, as element: IDXElement = .float32) throws(DataError) {
    try DataFile.replace(path, with: IDXFile.bytes(of: self, as: element))
  }
}
