import Foundation

/// What a test looks for in a page of HTML. It reads what this program writes: attributes in double quotes, every element closed.
struct HTMLPage: Sendable {
  let text: String
  private(set) var tags: [Tag] = []

  struct Tag: Sendable {
    var name: String
    var isEnd = false
    /// Whether it ends in a slash.
    var isEmpty = false
    var attributes: [(name: String, value: String)] = []
    /// What follows, as far as the next tag.
    var content = ""

    func value(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
  }

  init(_ text: String) {
    self.text = text
    let bytes = Array(text.utf8)
    var place = 0
    while let open = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
      let (tag, end) = Self.tag(bytes, from: open + 1)
      place = bytes[end...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
      tags.append(tag)
      tags[tags.count - 1].content = String(decoding: bytes[end..<place], as: UTF8.self)
    }
  }

  /// A tag, and the place behind it.
  private static func tag(_ bytes: [UInt8], from start: Int) -> (Tag, Int) {
    var place = start
    func word(until ends: String) -> String {
      let end = bytes[place...].firstIndex { ends.utf8.contains($0) } ?? bytes.count
      defer { place = end }
      return String(decoding: bytes[place..<end], as: UTF8.self)
    }
    var tag = Tag(name: "")
    if place < bytes.count, bytes[place] == UInt8(ascii: "/") {
      tag.isEnd = true
      place += 1
    }
    tag.name = word(until: " />\n")
    while place < bytes.count, bytes[place] != UInt8(ascii: ">") {
      if bytes[place] == UInt8(ascii: " ") || bytes[place] == UInt8(ascii: "\n") {
        place += 1
      } else if bytes[place] == UInt8(ascii: "/") {
        tag.isEmpty = true
        place += 1
      } else {
        let name = word(until: "= >")
        var value = ""
        if place + 1 < bytes.count, bytes[place] == UInt8(ascii: "=") {
          place += 2
          value = word(until: "\"")
          place += 1
        }
        tag.attributes.append((name, value))
      }
    }
    return (tag, min(place + 1, bytes.count))
  }

  func all(_ name: String) -> [Tag] { tags.filter { $0.name == name && !$0.isEnd } }

  func values(_ attribute: String) -> [String] { tags.compactMap { $0.value(attribute) } }

  /// Names and attributes of all tags: what a text cannot change if it is escaped.
  var structure: [String] {
    tags.map { tag in
      (tag.isEnd ? "/" : "") + tag.name + tag.attributes.map { " " + $0.name }.joined()
    }
  }

  /// The first tag that closes another than the innermost open one, or what is left open; nil where all is well.
  var imbalance: String? {
    let void: Set<String> = ["meta", "img", "!DOCTYPE"]
    var open: [String] = []
    for tag in tags where !tag.isEmpty && !void.contains(tag.name) {
      if !tag.isEnd {
        open.append(tag.name)
      } else if open.popLast() != tag.name {
        return "</\(tag.name)>"
      }
    }
    return open.last.map { "<\($0)>" }
  }

  /// Elements with neither text nor other elements in them, of the kinds that are to have some.
  var empty: [String] {
    let kinds: Set = [
      "caption", "details", "div", "dl", "figure", "h2", "h3", "p", "section", "tbody", "ul",
    ]
    return zip(tags, tags.dropFirst()).compactMap { tag, next in
      let isEmpty = !tag.isEnd && next.isEnd && tag.name == next.name
      return isEmpty && kinds.contains(tag.name) && tag.content.allSatisfy(\.isWhitespace)
        ? tag.name : nil
    }
  }

  /// One way to write each number: `3` for 3 and 3.0.
  static func normal(_ number: String) -> String {
    if let whole = UInt64(number) { return "\(whole)" }
    guard let value = Double(number) else { return number }
    return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}
