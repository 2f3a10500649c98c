import Foundation
import Testing
import dither

/// A small report with all that a page shows, of numbers that were made up, and what a test makes of it.
struct StudyPageReport {
  private(set) var values: [String: Any]

  init() throws {
    let file = try #require(

      Bundle.module.url(forResource: "study", withExtension: "json", subdirectory: "Resources"))
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    values = try #require(object as? [String: Any])
  }

  /// What a name may hold that is up to no good.
  static let hostileText = [
    "<script>alert(1)</script>", "\" onload=\"alert(1)", "'><img src=x>", "&amp;lt; {{title}}",
    "{{{style}}}", "\u{202E}txt.exe\u{2066}", "\u{1B}[2J\u{7}", "]]>-->",
  ].joined(separator: " ")

  /// The page of the report, as the program reads it.
  func page() throws -> HTMLPage {
    let data = try JSONSerialization.data(withJSONObject: values)
    return HTMLPage(StudyPage.html(try JSONDecoder().decode(StudyReport.self, from: data)))
  }

  /// Puts a value at a place such as `models.*.name`; an asterisk stands for every item.
  mutating func set(_ path: String, to value: Any) {
    values = Self.changed(values, path.split(separator: ".")[...], value) as? [String: Any] ?? [:]
  }

  private static func changed(_ old: Any, _ path: ArraySlice<Substring>, _ value: Any) -> Any {
    guard let name = path.first else { return value }
    if var object = old as? [String: Any] {
      if let inner = object[String(name)] {
        object[String(name)] = changed(inner, path.dropFirst(), value)
      }
      return object
    }
    guard var items = old as? [Any] else { return old }
    for place in items.indices where name == "*" || name == "\(place)" {
      items[place] = changed(items[place], path.dropFirst(), value)
    }
    return items
  }

  /// Every number below a place, but for what lies below the names that are left out.
  func numbers(_ path: String, without names: Set<String>) -> [String] {
    var value: Any = values
    for name in path.split(separator: ".") {
      value = (value as? [String: Any])?[String(name)] ?? NSNull()
    }
    return Self.numbers(value, without: names)
  }

  private static func numbers(_ value: Any, without names: Set<String>) -> [String] {
    switch value {
    case let object as [String: Any]:
      object.filter { !names.contains($0.key) }.flatMap { numbers($0.value, without: names) }
    case let items as [Any]: items.flatMap { numbers($0, without: names) }
    case let number as NSNumber: [HTMLPage.normal("\(number)")]
    default: []
    }
  }
}
