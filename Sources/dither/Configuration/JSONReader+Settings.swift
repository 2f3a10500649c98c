import DitherTraining

/// The values of settings: one that is not what its setting takes is an error that names the setting and shows the value.
extension JSONReader {
  mutating func text(_ key: some CodingKey) throws(JSONFault) -> String {
    if next() != UInt8(ascii: "\"") { throw wrong(key, "text in quotes") }
    return try string()
  }

  mutating func truth(_ key: some CodingKey) throws(JSONFault) -> Bool {
    let byte = next()
    if byte != UInt8(ascii: "t") && byte != UInt8(ascii: "f") { throw wrong(key, "true or false") }
    return try boolean()
  }

  mutating func whole(_ key: some CodingKey) throws(JSONFault) -> Int {
    let start = self
    guard let text = try? number(), let value = Int(text) else {
      throw start.wrong(key, "a whole number, in digits alone")
    }
    return value
  }

  mutating func seed(_ key: some CodingKey) throws(JSONFault) -> UInt64 {
    let start = self
    guard let text = try? number(), let value = UInt64(text) else {
      throw start.wrong(key, "a whole number from 0 to \(UInt64.max)")
    }
    return value
  }

  mutating func decimal(_ key: some CodingKey) throws(JSONFault) -> Double {
    let start = self
    guard let text = try? number(), let value = Double(text), value.isFinite else {
      throw start.wrong(key, "a number, at most 1.8e308")
    }
    return value
  }

  /// A column's name, or its place as a number.
  mutating func column(_ key: some CodingKey) throws(JSONFault) -> String {
    if next() == UInt8(ascii: "\"") { return try string() }
    let start = self
    guard let text = try? number(), Int(text) != nil else {
      throw start.wrong(key, "a name in quotes, or a whole number")
    }
    return text
  }

  mutating func texts(_ key: some CodingKey) throws(JSONFault) -> [String] {
    let start = self
    var values: [String] = []
    do throws(JSONFault) {
      try list { reader throws(JSONFault) in values.append(try reader.string()) }
    } catch {
      throw start.wrong(key, "a list of texts in quotes")
    }
    return values
  }

  mutating func wholes(_ key: some CodingKey) throws(JSONFault) -> [Int] {
    let start = self
    var values: [Int] = []
    do throws(JSONFault) {
      try list { reader throws(JSONFault) in values.append(try reader.whole(key)) }
    } catch {
      throw start.wrong(key, "a list of whole numbers")
    }
    return values
  }

  /// The value that is next is not what the setting takes; where it is no value at all, that is what is wrong.
  private func wrong(_ key: some CodingKey, _ expected: String) -> JSONFault {
    var reader = self
    _ = reader.next()
    let start = reader.position
    do throws(JSONFault) {
      try reader.skip()
    } catch {
      return JSONFault(
        position: error.position, found: "\(key.stringValue): \(error.found)",
        expected: error.expected)
    }
    let value = String(decoding: bytes[start..<reader.position], as: UTF8.self)
    let excerpt = value.count > 40 ? "\(value.prefix(40))…" : value
    return JSONFault(
      position: start, found: "\(key.stringValue) is \(excerpt)", expected: expected)
  }
}
