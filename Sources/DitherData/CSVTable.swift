/// The numbers of a CSV file whose last column is a label.
struct CSVTable {
  /// The features of one line after the other.
  private(set) var features: [Float] = []
  private(set) var labels: [Int] = []
  /// The number of columns, the label's included.
  private(set) var columns = 0

  private let file: String
  private let classes: Int

  init(bytes: [UInt8], file: String, classes: Int) throws(DataError) {
    self.file = file
    self.classes = classes
    let text = bytes.span
    var start = CSVTable.isByteOrderMark(text) ? 3 : 0
    var end = text.count
    while end > start, isSpace(text[end - 1]) || isLineEnd(text[end - 1]) { end -= 1 }
    if start == end { throw .empty(file: file) }
    var line = 1
    while start < end {
      var next = start
      while next < end, text[next] != lineFeed { next += 1 }
      try read(text.extracting(start..<next), line: line)
      start = next + 1
      line += 1
    }
  }

  private static func isByteOrderMark(_ text: Span<UInt8>) -> Bool {
    text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
  }

  /// Reads one line. The number of columns is checked before what they hold: a missing comma is then named as such.
  private mutating func read(_ text: Span<UInt8>, line: Int) throws(DataError) {
    var found = text.isEmpty || (text.count == 1 && text[0] == carriageReturn) ? 0 : 1
    for index in text.indices where text[index] == comma { found += 1 }
    if line == 1 {
      columns = found
      // A line of text without a comma is a header or no CSV at all; a number alone lacks its label.
      if found < 2 { throw .tooFewColumns(file: file, line: line, found: found) }
    }
    if found != columns {
      throw .ragged(file: file, line: line, found: found, expected: columns)
    }
    var start = 0
    for column in 1...columns {
      var end = start
      while end < text.count, text[end] != comma { end += 1 }
      let field = text.extracting(trimmed(start..<end, of: text))
      if column < columns {
        features.append(try number(field, line: line, column: column))
      } else {
        labels.append(try label(field, line: line))
      }
      start = end + 1
    }
  }

  private func number(_ field: Span<UInt8>, line: Int, column: Int) throws(DataError) -> Float {
    guard let value = parseDecimal(field) else {
      throw .notANumber(file: file, line: line, column: column, found: string(field))
    }
    if !value.isFinite {
      throw .notFinite(file: file, line: line, column: column, found: string(field))
    }
    return value
  }

  private func label(_ field: Span<UInt8>, line: Int) throws(DataError) -> Int {
    let value = try number(field, line: line, column: columns)
    if value != value.rounded() {
      throw .labelNotWhole(file: file, line: line, found: string(field))
    }
    // Whole numbers up to 2²⁴ are exact as Float; beyond it they are out of range all the same.
    if value < 0 || value >= Float(min(classes, 1 << 24)) {
      throw .labelOutOfRange(file: file, line: line, found: string(field), classes: classes)
    }
    return Int(value)
  }
}
