// Reads decimal numbers from bytes, correctly rounded, without making a string of each.

let comma = UInt8(ascii: ",")
let quote = UInt8(ascii: "\"")
let lineFeed = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")

func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
func isLineEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }

/// Where a field is without the spaces around it, and without a carriage return at its end.
func trimmed(_ field: Range<Int>, of text: Span<UInt8>) -> Range<Int> {
  var (start, end) = (field.lowerBound, field.upperBound)
  while start < end, isSpace(text[start]) { start += 1 }
  while end > start, isSpace(text[end - 1]) || text[end - 1] == carriageReturn { end -= 1 }
  return start..<end
}

func string(_ field: Span<UInt8>) -> String {
  String(decoding: field.indices.map { field[$0] }, as: UTF8.self)
}

/// The nearest `Float` to a decimal number such as `-12.5e-3`; infinite if it is beyond the greatest, or written so.
/// Nil if the field is no number.
///
/// Where the digits without the point make a number of at most 2²⁴, and at most ten of them are decimals, that number
/// and the power of ten are exact as `Float`, and one division rounds once (Clinger 1990). Others go to the standard
/// library.
func parseDecimal(_ field: Span<UInt8>) -> Float? {
  var position = 0
  var negative = false
  if position < field.count, field[position] == minus || field[position] == plus {
    negative = field[position] == minus
    position += 1
  }
  var digits: UInt64 = 0
  var digitCount = 0
  var decimals = 0
  var seenPoint = false
  while position < field.count {
    let byte = field[position]
    if byte == point, !seenPoint {
      seenPoint = true
    } else if byte >= zero, byte <= zero + 9 {
      if digits <= 1 << 24 { digits = digits * 10 + UInt64(byte - zero) }
      digitCount += 1
      if seenPoint { decimals += 1 }
    } else {
      break
    }
    position += 1
  }
  if position == field.count, digitCount > 0, digits <= 1 << 24, decimals <= 10 {
    let magnitude = Float(digits) / powersOfTen[decimals]
    return negative ? -magnitude : magnitude
  }
  return parseByStandardLibrary(field)
}

/// The standard library reads hexadecimal numbers and signed not-a-numbers too; they are no decimal numbers.
private func parseByStandardLibrary(_ field: Span<UInt8>) -> Float? {
  let text = string(field)
  let isDecimal = text.utf8.allSatisfy { byte in
    (byte >= zero && byte <= zero + 9) || byte == plus || byte == minus || byte == point
      || byte | 0x20 == UInt8(ascii: "e")
  }
  if isDecimal { return Float(text) }
  switch text.lowercased().drop(while: { $0 == "+" || $0 == "-" }) {
  case "inf", "infinity", "nan": return .infinity
  default: return nil
  }
}

private let zero = UInt8(ascii: "0")
private let plus = UInt8(ascii: "+")
private let minus = UInt8(ascii: "-")
private let point = UInt8(ascii: ".")
private let powersOfTen: [Float] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10]
