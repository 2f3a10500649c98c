/// The numbers of a CSV file of which one column is a label, or none is.
struct CSVTable {
  /// Records that have been read.
  private(set) var count = 0
  /// Of each record; none where no column is a label.
  private(set) var labels: [Int] = []
  /// The classes, if labels are names.
  private(set) var labelCategories: CSVCategories?

  /// The features of one record after the other; of a category its number.
  private(set) var features: [Float] = []
  /// What each column holds, the label's included; empty before the first record.
  private(set) var roles: [Role] = []
  /// The names of the columns, if there is a header.
  private(set) var header: [String] = []
  private let file: String
  private let format: CSVFormat
  private let classes: Int
  private let hasLabels: Bool

  enum Role {
    case number
    case category(CSVCategories)
    case label
  }

  /// The most categories of a feature where the caller gives no list: each is a column of its own in memory.
  private static let mostCategories = 256

  /// - Parameter hasLabels: whether one column is a label, the one that the format says; without it every column is a feature.
  init(
    bytes: [UInt8], file: String, format: CSVFormat, classes: Int, hasLabels: Bool = true
  ) throws(DataError) {
    self.file = file
    self.format = format
    self.classes = classes
    self.hasLabels = hasLabels
    labelCategories = format.labelCategories.map {
      CSVCategories($0, most: LabelledData.mostClasses)
    }
    let text = bytes.span
    var start = CSVTable.isByteOrderMark(text) ? 3 : 0
    var end = text.count
    while end > start, isSpace(text[end - 1]) || isLineEnd(text[end - 1]) { end -= 1 }
    if start == end { throw .empty(file: file) }
    var record = CSVRecord(file: file)
    var line = 1
    while start < end {
      (start, line) = try record.read(text, from: start, to: end, line: line)
      if record.hasQuotes {
        let unquoted = record.unquoted
        try read(record, of: unquoted.span)
      } else {
        try read(record, of: text)
      }
    }
    if count == 0 { throw .empty(file: file) }
  }

  private static func isByteOrderMark(_ text: Span<UInt8>) -> Bool {
    text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
  }

  /// Reads one record. The number of columns is checked before what they hold: a missing comma is then named as such.
  private mutating func read(_ record: CSVRecord, of text: Span<UInt8>) throws(DataError) {
    let fields = record.fields
    if roles.isEmpty {
      // A line of text without a comma is a header or no CSV at all; a number alone lacks its label.
      if fields.count < (hasLabels ? 2 : 1) {
        throw .tooFewColumns(file: file, line: record.line, found: fields.count)
      }
      if format.hasHeader {
        for (column, field) in fields.enumerated() {
          header.append(
            try name(text.extracting(field), line: record.line, column: column + 1))
        }
      }
      try findRoles(columns: fields.count)
      if format.hasHeader { return }
    }
    if fields.count != roles.count {
      throw .ragged(
        file: file, line: record.line, found: fields.count, expected: roles.count)
    }
    for column in fields.indices {
      let field = text.extracting(fields[column])
      switch roles[column] {
      case .number:
        features.append(try number(field, line: record.line, column: column + 1))
      case .label:
        labels.append(try label(field, line: record.line, column: column + 1))
      case .category(var categories):
        let number = try categories.number(
          of: name(field, line: record.line, column: column + 1), file: file, line: record.line,
          column: column + 1)
        roles[column] = .category(categories)
        features.append(Float(number))
      }
    }
    count += 1
  }

  private mutating func findRoles(columns: Int) throws(DataError) {
    roles = [Role](repeating: .number, count: columns)
    if hasLabels { roles[try place(of: format.labelColumn, columns)] = .label }
    // In one order, so that of several columns that are not there, or there twice, always the same one is named.
    for (column, categories) in format.categoryColumns.sorted(by: { "\($0.key)" < "\($1.key)" }) {
      let place = try self.place(of: column, columns)
      guard case .number = roles[place] else {
        throw .columnNamedTwice(file: file, column: place + 1)
      }
      roles[place] = .category(CSVCategories(categories, most: CSVTable.mostCategories))
    }
  }

  private func place(of column: CSVFormat.Column, _ columns: Int) throws(DataError) -> Int {
    switch column {
    case .last: return columns - 1
    case .at(let place) where place < columns: return place
    case .named(let name):
      if let place = header.firstIndex(of: name) { return place }
      throw .noColumn(file: file, named: name, found: header)
    case .at(let place):
      throw .noColumn(
        file: file, named: "\(place)", found: (0..<columns).map { "\($0)" })
    }
  }

  /// The text of a field: two that differ in bytes that are no UTF-8 would be one.
  private func name(
    _ field: Span<UInt8>, line: Int, column: Int
  ) throws(DataError) -> String {
    let bytes = field.indices.map { field[$0] }
    guard let name = String(validating: bytes, as: UTF8.self) else {
      throw .notUTF8(file: file, line: line, column: column)
    }
    return name
  }

  private func number(_ field: Span<UInt8>, line: Int, column: Int) throws(DataError) -> Float {
    guard let value = parseDecimal(field) else {
      let found = try name(field, line: line, column: column)
      throw .notANumber(file: file, line: line, column: column, found: found)
    }
    if !value.isFinite {
      throw .notFinite(file: file, line: line, column: column, found: string(field))
    }
    return value
  }

  private mutating func label(
    _ field: Span<UInt8>, line: Int, column: Int
  ) throws(DataError) -> Int {
    if labelCategories != nil {
      let found = try name(field, line: line, column: column)
      if found.isEmpty { throw .noLabel(file: file, line: line, column: column) }
      return try labelCategories!.number(
        of: found, file: file, line: line, column: column)
    }
    let value = try number(field, line: line, column: column)
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
