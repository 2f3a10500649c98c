/// A string as JSON writes it, quotes included.
func jsonText(_ string: String) -> String {
  var text = "\""
  for scalar in string.unicodeScalars {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text + "\""
}

/// An object of values that are JSON already, in the order of their names.
func jsonObject(_ members: [String: String]) -> String {
  let members = members.sorted { precedes($0.key, $1.key) }
  return "{" + members.map { "\(jsonText($0.key)):\($0.value)" }.joined(separator: ",") + "}"
}

/// The order of names in files: by their bytes.
func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
