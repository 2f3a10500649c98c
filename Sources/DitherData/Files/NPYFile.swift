import DitherRuntime
public import DitherTensors

/// NumPy's format for one array (`numpy.lib.format`): a magic text, the version, the header's length, the header, the elements.
enum NPYFile {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  static func read(_ reader: inout ByteReader) throws(DataError) -> Tensor {
    let header = try header(&reader)
    let shape = header.isColumnOrder ? header.shape.reversed() : header.shape
    let tensor = try reader.tensor(
      of: header.number, bigEndian: header.isBigEndian, shape: shape)
    try reader.expectEnd()
    return header.isColumnOrder ? tensor.withReversedAxes() : tensor
  }

  /// What comes before the elements.
  static func header(_ reader: inout ByteReader) throws(DataError) -> NPYHeader {
    if try reader.take(magic.count) != magic {
      throw reader.malformed(at: 0, "no NPY file", expected: "the magic text \\x93NUMPY")
    }
    let version = try (reader.number(bytes: 1), reader.number(bytes: 1))
    if !(1...3).contains(version.0) || version.1 != 0 {
      throw reader.malformed(
        at: 6, "version \(version.0).\(version.1)", expected: "1.0, 2.0 or 3.0")
    }
    let length = try reader.number(bytes: version.0 == 1 ? 2 : 4)
    let start = reader.offset
    return try NPYHeader(reader.take(length), offset: start, file: reader.file)
  }

  static func bytes(of tensor: Tensor) -> [UInt8] {
    require(
      tensor.rank <= NPYHeader.mostAxes,
      "NPY: shape \(tensor.shape); expected at most \(NPYHeader.mostAxes) axes")
    let lengths = tensor.shape.map { "\($0)" }.joined(separator: ", ")
    let shape = "(\(lengths)\(tensor.rank == 1 ? "," : ""))"
    var header = Array("{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }".utf8)
    // The elements begin at a multiple of 64 bytes; the header ends in a line feed.
    let length = (magic.count + 4 + header.count + 1 + 63) / 64 * 64 - magic.count - 4
    header += [UInt8](repeating: UInt8(ascii: " "), count: length - header.count - 1)
    header.append(lineFeed)
    var bytes = magic
    bytes.reserveCapacity(64 + length + 4 * tensor.count)
    bytes += [1, 0]
    bytes.append(UInt16(length), bigEndian: false)
    bytes += header
    for value in tensor.scalars { bytes.append(value.bitPattern, bigEndian: false) }
    return bytes
  }
}

extension Tensor {
  /// Writes a file that NumPy reads (`numpy.load`), of type float32, in place of what may be at the path: whole or not at all.
  ///
  /// - Throws: ``DataError/unwritable(file:reason:)``.
  public func write(toNPY path: String) throws(DataError) {
    try DataFile.replace(path, with: NPYFile.bytes(of: self))
  }

  /// The transpose over all axes: element [i, j, …, k] of the result is [k, …, j, i] of this one.
  fileprivate func withReversedAxes() -> Tensor {
    let lengths = Array(shape.reversed())
    // How far apart in this tensor are neighbours along each axis of the result.
    var strides: [Int] = []
    var stride = 1
    for length in lengths {
      strides.append(stride)
      stride *= length
    }
    return withSpan { source in
      Tensor(uninitialized: lengths) { target in
        var index = [Int](repeating: 0, count: lengths.count)
        var place = 0
        for position in target.indices {
          target[position] = source[place]
          for axis in lengths.indices.reversed() {
            index[axis] += 1
            place += strides[axis]
            if index[axis] < lengths[axis] { break }
            place -= strides[axis] * lengths[axis]
            index[axis] = 0
          }
        }
      }
    }
  }
}
