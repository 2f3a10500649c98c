extension String {
  /// The text without what acts on a terminal: control characters, but for line ends, and those that turn the direction of writing
  /// are escaped.
  var printable: String {
    if !unicodeScalars.contains(where: Self.acts) { return self }
    var text = ""
    for scalar in unicodeScalars {
      if Self.acts(scalar) {
        text += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  private static func acts(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case ..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// The text, or its beginning where it is longer, on one line.
  func shortened(to length: Int) -> String {
    let plain = String(prefix(4 * length).map { $0.isNewline || $0 == "\t" ? " " : $0 }).printable
    return plain.count > length ? plain.prefix(max(0, length - 1)) + "…" : plain
  }

  /// The text as a field of CSV: in quotes where it would be read otherwise.
  var csvField: String {
    let isPlain = utf8.allSatisfy {
      $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 >= 0x20
    }
    return isPlain && first != " " && last != " "
      ? self : "\"" + replacing("\"", with: "\"\"") + "\""
  }
}
