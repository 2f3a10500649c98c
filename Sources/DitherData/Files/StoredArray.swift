/// What an NPY or IDX file says of its array, before the elements.
package struct StoredArray {
  /// As the elements are, whatever their order in the file.
  package let shape: [Int]
  /// Whether they are whole numbers from 0 to 255.
  package let isBytes: Bool

  /// The longest header of NPY's first version, with the magic text, the version and the length.
  private static let mostBytes = 10 + 65_535

  /// - Throws: ``DataError``, as `Tensor(contentsOf:)` does.
  package init(ofFile path: String) throws(DataError) {
    var reader = ByteReader(
      try DataFile.beginning(of: path, bytes: Self.mostBytes), file: path)
    let number: StoredNumber
    if reader.bytes.first == 0 {
      let header = try IDXFile.header(&reader)
      (number, shape) = (header.element.number, header.shape)
    } else {
      let header = try NPYFile.header(&reader)
      (number, shape) = (header.number, header.shape)
    }
    isBytes = number == .uint8
  }
}
