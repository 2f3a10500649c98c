/// What is not the JSON that was expected.
package struct JSONFault: Error {
  /// Bytes before it.
  package var position: Int
  package var found: String
  package var expected: String

  package init(position: Int, found: String, expected: String) {
    self.position = position
    self.found = found
    self.expected = expected
  }
}

/// Reads JSON from its bytes for a caller that knows what comes next.
///
/// Nothing is kept but what the caller keeps, and nesting has a limit, so that no text takes more memory or stack than its
/// own length justifies. A name that an object holds twice is refused, and so is text that is no UTF-8. Numbers are given as
/// they are written, so that none loses a digit.
package struct JSONReader {
  /// How deep objects and lists may be nested.
  static let maximumDepth = 128
  /// 2⁵³, up to which a `Double` has each whole number: nothing that is counted comes near it, and sums of counts stay
  /// far from the end of `Int`.
  static let maximumCount = 1 << 53

  package let bytes: [UInt8]
  package internal(set) var position = 0
  private var depth = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next byte that is no space; nil at the end.
  package mutating func next() -> UInt8? {
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    return position < bytes.count ? bytes[position] : nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// What stands at a position is not what was expected.
  package func fault(_ expected: String, at position: Int? = nil) -> JSONFault {
    let position = position ?? self.position
    if position >= bytes.count {
      return JSONFault(position: position, found: "the end", expected: expected)
    }
    let excerpt = String(
      decoding: bytes[position..<min(position + 24, bytes.count)], as: UTF8.self)
    return JSONFault(
      position: position, found: String(reflecting: excerpt), expected: expected)
  }

  mutating func take(_ byte: UInt8, _ expected: String) throws(JSONFault) {
    guard next() == byte else { throw fault(expected) }
    position += 1
  }

  /// Nothing but spaces until the end.
  package mutating func end() throws(JSONFault) {
    if next() != nil { throw fault("nothing more") }
  }
}

// MARK: Objects and lists

extension JSONReader {
  /// An object: `member` reads the value of each name.
  ///
  /// - Parameter member: takes the reader, a name, and the position at which the name stands.
  package mutating func object(
    _ member: (inout JSONReader, _ name: String, _ start: Int) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    try open(UInt8(ascii: "{"), "an object, {…}")
    var names: Set<String> = []
    if try isEmpty(UInt8(ascii: "}")) { return }
    repeat {
      _ = next()
      let start = position
      let name = try string("a name in quotes")
      if !names.insert(name).inserted {
        throw JSONFault(
          position: start, found: "the name \(String(reflecting: name)) once more",
          expected: "each name once")
      }
      try take(UInt8(ascii: ":"), "\":\"")
      try member(&self, name, start)
    } while try hasAnother(UInt8(ascii: "}"))
  }

  /// A list: `element` reads each element.
  package mutating func list(
    _ element: (inout JSONReader) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    try open(UInt8(ascii: "["), "a list, […]")
    if try isEmpty(UInt8(ascii: "]")) { return }
    repeat { try element(&self) } while try hasAnother(UInt8(ascii: "]"))
  }

  private mutating func open(_ byte: UInt8, _ expected: String) throws(JSONFault) {
    try take(byte, expected)
    depth += 1
    if depth > Self.maximumDepth {
      throw fault(
        "at most \(Self.maximumDepth) objects and lists within each other", at: position - 1)
    }
  }

  /// Takes the end of what has no elements.
  private mutating func isEmpty(_ end: UInt8) throws(JSONFault) -> Bool {
    guard next() == end else { return false }
    position += 1
    depth -= 1
    return true
  }

  private mutating func hasAnother(_ end: UInt8) throws(JSONFault) -> Bool {
    let byte = next()
    guard byte == UInt8(ascii: ",") || byte == end else {
      throw fault("\",\" or \"\(Character(Unicode.Scalar(end)))\"")
    }
    position += 1
    if byte == end { depth -= 1 }
    return byte != end
  }
}

// MARK: Numbers and words

extension JSONReader {
  /// A number as it is written.
  package mutating func number(_ expected: String = "a number") throws(JSONFault) -> String {
    _ = next()
    let start = position
    let isNumber = takeNumber()
    if !isNumber { throw fault(expected, at: start) }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// A whole number, 0 or more, written in digits alone.
  mutating func count(_ expected: String) throws(JSONFault) -> Int {
    _ = next()
    let start = position
    guard let value = Int(try number(expected)), value >= 0, bytes[start] != UInt8(ascii: "-")
    else { throw fault(expected, at: start) }
    if value > Self.maximumCount {
      throw fault("\(expected), at most \(Self.maximumCount)", at: start)
    }
    return value
  }

  /// `true` or `false`.
  package mutating func boolean() throws(JSONFault) -> Bool {
    let value = next() == UInt8(ascii: "t")
    let word = Array((value ? "true" : "false").utf8)
    guard bytes[position...].starts(with: word) else { throw fault("true or false") }
    position += word.count
    return value
  }

  private mutating func takeNumber() -> Bool {
    if has(UInt8(ascii: "-")) { position += 1 }
    if has(UInt8(ascii: "0")) { position += 1 } else if !takeDigits() { return false }
    if has(UInt8(ascii: ".")) {
      position += 1
      if !takeDigits() { return false }
    }
    if has(UInt8(ascii: "e")) || has(UInt8(ascii: "E")) {
      position += 1
      if has(UInt8(ascii: "+")) || has(UInt8(ascii: "-")) { position += 1 }
      if !takeDigits() { return false }
    }
    return true
  }

  func has(_ byte: UInt8) -> Bool { position < bytes.count && bytes[position] == byte }

  private mutating func takeDigits() -> Bool {
    let start = position
    while position < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[position] {
      position += 1
    }
    return position > start
  }
}

extension JSONReader {
  /// Any value, which is not kept.
  package mutating func skip() throws(JSONFault) {
    switch next() {
    case UInt8(ascii: "{"): try object { reader, _, _ throws(JSONFault) in try reader.skip() }
    case UInt8(ascii: "["): try list { reader throws(JSONFault) in try reader.skip() }
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try boolean()
    default: _ = try number("a value")
    }
  }
}
