import DitherTensors

/// What the header of a safetensors file says, checked against the file's size.
struct SafetensorsHeader {
  /// One tensor: what it is and where it lies, in bytes from the start of the data.
  struct Entry {
    var name: String
    var type = ElementType.f32
    var shape: [Int] = []
    var begin = 0
    var end = 0
    /// Where the file names it.
    var position: Int

    /// The number of elements: the product of the shape.
    var count: Int { shape.contains(0) ? 0 : shape.reduce(1, *) }
  }

  static let metadataName = "__metadata__"

  /// In the order of their data.
  private(set) var entries: [Entry] = []
  private(set) var metadata: [String: String] = [:]
  /// Where the data begins in the file.
  let dataStart: Int

  /// Reads the header of a file.
  init(_ file: FileReader) throws(SafetensorsError) {
    func malformed(_ offset: Int, _ found: String, _ expected: String) -> SafetensorsError {
      .malformed(file: file.path, offset: offset, found: found, expected: expected)
    }
    if file.size < 8 {
      throw malformed(
        file.size, "the file ends", "8 bytes that hold the length of the header")
    }
    let length = try file.bytes(8, from: 0).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    if length > UInt64(Safetensors.maximumHeaderBytes) {
      throw malformed(
        0, "a header of \(length) bytes", "at most \(Safetensors.maximumHeaderBytes)")
    }
    if length > UInt64(file.size - 8) {
      throw malformed(
        0, "a header of \(length) bytes", "at most the \(file.size - 8) that follow in the file")
    }
    dataStart = 8 + Int(length)
    let bytes = try file.bytes(Int(length), from: 8)
    do throws(JSONFault) {
      try read(bytes)
      try check(dataBytes: file.size - dataStart)
    } catch {
      throw malformed(8 + error.position, error.found, error.expected)
    }
  }

  private mutating func read(_ bytes: [UInt8]) throws(JSONFault) {
    var reader = JSONReader(bytes)
    var entries: [Entry] = []
    var metadata: [String: String] = [:]
    try reader.object { reader, name, position throws(JSONFault) in
      if name == Self.metadataName {
        try reader.object { reader, key, _ throws(JSONFault) in
          metadata[key] = try reader.string()
        }
      } else {
        entries.append(try Entry(name, at: position, &reader))
      }
    }
    try reader.end()
    self.entries = entries.sorted { ($0.begin, $0.end) < ($1.begin, $1.end) }
    self.metadata = metadata
  }

  /// Tensors lie one after the other, from the start of the data to its end.
  private func check(dataBytes: Int) throws(JSONFault) {
    var end = 0
    for entry in entries {
      if entry.begin != end {
        throw JSONFault(
          position: entry.position,
          found:
            "the tensor \(String(reflecting: entry.name)) begins at byte \(entry.begin) of the data",
          expected: "\(end), where the one before it ends")
      }
      end = entry.end
    }
    if end != dataBytes {
      throw JSONFault(
        position: dataStart - 8, found: "\(dataBytes) bytes of data",
        expected: "\(end), where the last tensor ends")
    }
  }
}

extension SafetensorsHeader.Entry {
  /// Reads what the header says of one tensor.
  fileprivate init(
    _ name: String, at position: Int, _ reader: inout JSONReader
  ) throws(JSONFault) {
    var type: ElementType?
    var shape: [Int]?
    var offsets: [Int]?
    try reader.object { reader, key, start throws(JSONFault) in
      switch key {
      case "dtype": type = try ElementType(&reader)
      case "shape": shape = try Self.counts(&reader, "a length, 0 or more")
      case "data_offsets": offsets = try Self.counts(&reader, "an offset, 0 or more")
      default:
        throw JSONFault(
          position: start, found: "the name \(String(reflecting: key))",
          expected: "dtype, shape or data_offsets")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2, offsets[0] <= offsets[1] else {
      throw JSONFault(
        position: position,
        found: "the tensor \(String(reflecting: name)) of type \(type?.rawValue ?? "none"), "
          + "shape \(shape.map { "\($0)" } ?? "none") and data_offsets \(offsets.map { "\($0)" } ?? "none")",
        expected: "a type, a shape and two data_offsets, the second not below the first")
    }
    self.init(
      name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1], position: position)
    try requireLength()
  }

  private static func counts(
    _ reader: inout JSONReader, _ expected: String
  ) throws(JSONFault) -> [Int] {
    var counts: [Int] = []
    try reader.list { reader throws(JSONFault) in counts.append(try reader.count(expected)) }
    return counts
  }

  /// The place is as long as the shape and the type make it, which no multiplication may pass beyond `Int`.
  private func requireLength() throws(JSONFault) {
    var (bytes, overflows) = (type.bytes, false)
    for length in shape {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: length)
      (bytes, overflows) = (product, overflows || overflow)
    }
    if shape.contains(0) { (bytes, overflows) = (0, false) }
    if overflows || bytes != end - begin {
      throw JSONFault(
        position: position,
        found: "the tensor \(String(reflecting: name)) has \(end - begin) bytes",
        expected: overflows
          ? "a shape whose elements can be counted, not \(shape)"
          : "\(bytes), as \(type.rawValue) of shape \(shape) has")
    }
  }
}

// MARK: Elements

extension SafetensorsHeader.Entry {
  /// Elements that are converted at a time.
  private static let blockCount = 1 << 17

  /// Reads the elements.
  func tensor(from file: FileReader, dataStart: Int) throws(SafetensorsError) -> Tensor {
    let start = dataStart + begin
    return try Tensor(uninitialized: shape) { span throws(SafetensorsError) in
      try unsafe span.withUnsafeMutableBufferPointer { floats throws(SafetensorsError) in
        if type == .f32 {
          try unsafe file.read(into: UnsafeMutableRawBufferPointer(floats), from: start)
        } else {
          try unsafe convert(file, start, floats)
        }
      }
    }
  }

  private func convert(
    _ file: FileReader, _ start: Int, _ floats: UnsafeMutableBufferPointer<Float>
  ) throws(SafetensorsError) {
    for first in stride(from: 0, to: floats.count, by: Self.blockCount) {
      let last = min(first + Self.blockCount, floats.count)
      let offset = start + first * type.bytes
      let bytes = try file.bytes((last - first) * type.bytes, from: offset)
      let wrong = unsafe bytes.withUnsafeBytes {
        unsafe type.convert($0, to: UnsafeMutableBufferPointer(rebasing: floats[first..<last]))
      }
      if let wrong {
        throw .malformed(
          file: file.path, offset: offset + wrong, found: "\(bytes[wrong]) in a BOOL tensor",
          expected: "0 or 1")
      }
    }
  }
}
