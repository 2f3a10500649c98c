/// What a NumPy file says of its array: a Python dictionary of three entries.
struct NPYHeader {
  var number: StoredNumber
  var isBigEndian: Bool
  var isColumnOrder: Bool
  var shape: [Int]

  /// The rank that NumPy itself has as its greatest.
  static let mostAxes = 64

  /// - Parameters:
  ///   - bytes: the dictionary's text.
  ///   - offset: where it begins in the file.
  init(_ bytes: [UInt8], offset: Int, file: String) throws(DataError) {
    var text = PythonText(bytes, offset: offset, file: file)
    var element: (number: StoredNumber, isBigEndian: Bool)?
    var isColumnOrder: Bool?
    var shape: [Int]?
    try text.take("{")
    while !text.takes("}") {
      let place = text.place()
      let key = try text.string()
      try text.take(":")
      switch key {
      case "descr" where element == nil: element = try NPYHeader.element(&text)
      case "fortran_order" where isColumnOrder == nil: isColumnOrder = try text.truth()
      case "shape" where shape == nil: shape = try text.tuple(most: NPYHeader.mostAxes)
      default:
        throw .malformed(
          file: file, offset: place, found: "entry \(key)",
          expected: "descr, fortran_order and shape, once each")
      }
      if !text.takes(",") {
        try text.take("}")
        break
      }
    }
    try text.end()
    guard let element, let isColumnOrder, let shape else {
      throw .malformed(
        file: file, offset: offset, found: "a header without all of its entries",
        expected: "descr, fortran_order and shape")
    }
    (number, isBigEndian) = element
    (self.isColumnOrder, self.shape) = (isColumnOrder, shape)
  }

  private static func element(
    _ text: inout PythonText
  ) throws(DataError) -> (number: StoredNumber, isBigEndian: Bool) {
    let place = text.place()
    let code = try text.string()
    let numbers: [String: StoredNumber] = [
      "b1": .boolean, "u1": .uint8, "i1": .int8, "u2": .uint16, "i2": .int16, "u4": .uint32,
      "i4": .int32, "u8": .uint64, "i8": .int64, "f4": .float32, "f8": .float64,
    ]
    guard let order = code.first, "<>|=".contains(order),
      let number = numbers[String(code.dropFirst())], order != "|" || number.size == 1
    else {
      throw .malformed(
        file: text.file, offset: place, found: "elements of type \(code)",
        expected: "<f4, <f8, |u1, |i1, |b1, or whole numbers of 2, 4 or 8 bytes")
    }
    return (number, order == ">")
  }
}

/// Reads the few Python literals that a header is made of.
private struct PythonText {
  let file: String
  private let bytes: [UInt8]
  private let offset: Int
  private var position = 0

  init(_ bytes: [UInt8], offset: Int, file: String) {
    (self.bytes, self.offset, self.file) = (bytes, offset, file)
  }

  /// Where in the file the next thing is, after any space.
  mutating func place() -> Int {
    skipSpace()
    return offset + position
  }

  private mutating func skipSpace() {
    while position < bytes.count, isSpace(bytes[position]) || isLineEnd(bytes[position]) {
      position += 1
    }
  }

  /// Passes over a character if it is next, after any space.
  mutating func takes(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func take(_ character: Unicode.Scalar) throws(DataError) {
    if !takes(character) { throw unexpected("\(character)") }
  }

  /// A short text in quotes of either kind.
  mutating func string() throws(DataError) -> String {
    let quote: Unicode.Scalar
    if takes("'") {
      quote = "'"
    } else if takes("\"") {
      quote = "\""
    } else {
      throw unexpected("a text in quotes")
    }
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: quote) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    try take(quote)
    return text
  }

  mutating func truth() throws(DataError) -> Bool {
    skipSpace()
    for (word, value) in [("True", true), ("False", false)]
    where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw unexpected("True or False")
  }

  /// A tuple of whole numbers, 0 or more each.
  mutating func tuple(most: Int) throws(DataError) -> [Int] {
    try take("(")
    var numbers: [Int] = []
    while !takes(")") {
      if numbers.count == most { throw unexpected("at most \(most) axes") }
      numbers.append(try number())
      if !takes(",") {
        try take(")")
        break
      }
    }
    return numbers
  }

  private mutating func number() throws(DataError) -> Int {
    skipSpace()
    let digits = bytes[position...].prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
      throw unexpected("a whole number below 2⁶³")
    }
    position = digits.endIndex
    return number
  }

  /// Throws unless nothing but space follows.
  mutating func end() throws(DataError) {
    skipSpace()
    if position < bytes.count { throw unexpected("the header's end") }
  }

  private func unexpected(_ expected: String) -> DataError {
    let rest = String(decoding: bytes[position...].prefix(40), as: UTF8.self)
    return .malformed(
      file: file, offset: offset + position, found: rest.isEmpty ? "the header's end" : rest,
      expected: expected)
  }
}
