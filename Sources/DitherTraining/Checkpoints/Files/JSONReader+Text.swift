extension JSONReader {
  /// Text in quotes.
  package mutating func string(_ expected: String = "text in quotes") throws(JSONFault) -> String {
    try take(Self.quote, expected)
    let start = position
    var text: [UInt8] = []
    while true {
      let run = position
      while position < bytes.count, bytes[position] != Self.quote,
        bytes[position] != Self.backslash, bytes[position] >= 0x20
      {
        position += 1
      }
      text += bytes[run..<position]
      if has(Self.quote) { break }
      guard has(Self.backslash) else { throw fault("a quote at the end of the text") }
      position += 1
      text += try escaped()
    }
    position += 1
    guard let string = String(validating: text, as: UTF8.self) else {
      throw JSONFault(position: start, found: "bytes that are no UTF-8", expected: "UTF-8")
    }
    return string
  }

  private static var quote: UInt8 { UInt8(ascii: "\"") }
  private static var backslash: UInt8 { UInt8(ascii: "\\") }

  /// What the letters after a backslash stand for.
  private mutating func escaped() throws(JSONFault) -> [UInt8] {
    let start = position
    let letter = position < bytes.count ? bytes[position] : 0
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return Array(String(Character(try scalar(from: start))).utf8)
    default: throw fault("an escape such as \\n", at: start)
    }
  }

  /// A character by its number, or by the two numbers that UTF-16 has for it.
  private mutating func scalar(from start: Int) throws(JSONFault) -> Unicode.Scalar {
    var value = try hexadecimal(from: start)
    if 0xD800...0xDBFF ~= value, has(Self.backslash), position + 1 < bytes.count,
      bytes[position + 1] == UInt8(ascii: "u")
    {
      position += 2
      let low = try hexadecimal(from: start)
      value = 0xDC00...0xDFFF ~= low ? 0x1_0000 + (value - 0xD800) * 0x400 + (low - 0xDC00) : value
    }
    guard let scalar = Unicode.Scalar(value) else { throw fault("a character", at: start) }
    return scalar
  }

  private mutating func hexadecimal(from start: Int) throws(JSONFault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count,
        let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
      else { throw fault("four hexadecimal digits", at: start) }
      value = value * 16 + UInt32(digit)
      position += 1
    }
    return value
  }
}
