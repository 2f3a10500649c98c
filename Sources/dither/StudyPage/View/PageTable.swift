import Foundation
import Mustache

/// A table that the reader can sort by any column.
struct PageTable {
  let caption: PageText
  let columns: [PageColumn]
  let rows: [PageRow]
  /// In the stylesheet.
  var kind: PageText = "plain"
}

struct PageColumn: ExpressibleByStringInterpolation {
  let name: PageText
  var isNumeric = true

  init(_ name: PageText, isNumeric: Bool = true) {
    self.name = name
    self.isNumeric = isNumeric
  }

  /// Of numbers.
  init(stringLiteral name: String) { self.init(PageText(name)) }

  static func words(_ name: PageText) -> PageColumn { PageColumn(name, isNumeric: false) }
}

struct PageRow {
  let header: PageCell
  let cells: [PageCell]
  var isEmphasised = false
}

/// A place in a table: a number in a sensible count of digits, with all of them for scripts; or words.
struct PageCell {
  let text: PageText
  /// All digits.
  private(set) var data: PageText?
  /// What words are sorted by.
  private(set) var key: PageText?
  /// The interval, in a sensible count of digits and in all.
  private(set) var interval: PageText?
  private(set) var lower: PageText?
  private(set) var upper: PageText?
  private(set) var isNumeric = false
  /// The colour of its ground, in the stylesheet.
  var tint: PageText?
  /// Pictures and what is said of them.
  private(set) var content: PageExample?

  static func words(_ text: String) -> PageCell {
    PageCell(text: PageText(text), key: PageText(sortKey(text)))
  }

  /// The text with each number in it as long as any, so that the order of texts is that of the numbers.
  private static func sortKey(_ text: String) -> String {
    text.replacing(/[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/) {
      String(format: "%024.12f", Double($0.output) ?? 0)
    }
  }

  static func example(_ content: PageExample) -> PageCell {
    PageCell(text: "", content: content)
  }

  static func number(_ value: Double?, _ format: PageNumber) -> PageCell {
    guard let value else { return PageCell(text: "–", isNumeric: true) }
    return PageCell(
      text: PageText(format.text(value)), data: PageText("\(value)"), isNumeric: true)
  }

  static func count(_ value: Int) -> PageCell {
    PageCell(
      text: PageText(PageNumber.plain.text(Double(value))), data: PageText("\(value)"),
      isNumeric: true)
  }

  static func estimate(_ estimate: StudyReport.Estimate?, _ format: PageNumber) -> PageCell {
    guard let estimate else { return PageCell(text: "–", isNumeric: true) }
    var cell = number(estimate.value, format)
    cell.interval = PageText(format.interval(estimate))
    cell.lower = PageText("\(estimate.lower)")
    cell.upper = PageText("\(estimate.upper)")
    return cell
  }

  func tinted(_ tint: PageText?) -> PageCell {
    var cell = self
    cell.tint = tint
    return cell
  }
}

/// An input and what the networks took it for.
struct PageExample {
  /// The address of a picture; nil for inputs that are no images.
  var picture: PageText?
  /// A path of SVG; nil for images.
  var line: PageText?
  /// For those who do not see it.
  let description: PageText
  let answers: [PageAnswer]
}

struct PageAnswer {
  let network: PageText
  let label: PageText
  let isRight: Bool
  let confidence: PageText
  let data: PageText
}

/// There are thousands of cells: without this the template would look their properties up by reflection.
extension PageCell: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "text": text
    case "data": data
    case "key": key
    case "interval": interval
    case "lower": lower
    case "upper": upper
    case "isNumeric": isNumeric
    case "tint": tint
    case "content": content
    default: nil
    }
  }
}
