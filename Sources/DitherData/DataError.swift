/// What is wrong with a file of data, and where. Its description is one line that says what was found and what was
/// expected.
public enum DataError: Error, Hashable, Sendable {
  // Of any file

  /// There is no such file.
  case missing(file: String)
  /// The file is there and cannot be read: for the reason the system gives, or as it is a directory, a pipe or a device.
  case unreadable(file: String, reason: String)
  /// The file cannot be written, for the reason the system gives. What was there before is as it was, or, where the folder alone
  /// could not be brought to the disk, the new file is there, whole.
  case unwritable(file: String, reason: String)
  /// The file has no lines, or no bytes; the folder has no folders or files.
  case empty(file: String)

  // Of a file of text

  /// The first line has too few columns: at least one feature and the label are needed.
  case tooFewColumns(file: String, line: Int, found: Int)
  /// A line has not as many columns as the first.
  case ragged(file: String, line: Int, found: Int, expected: Int)
  /// A field is not a decimal number.
  case notANumber(file: String, line: Int, column: Int, found: String)
  /// A field of text is no UTF-8.
  case notUTF8(file: String, line: Int, column: Int)
  /// A field is infinite, not-a-number or too great for a `Float`.
  case notFinite(file: String, line: Int, column: Int, found: String)
  /// Labels are names, and a field has none.
  case noLabel(file: String, line: Int, column: Int)
  /// A label is a number but not a whole one.
  case labelNotWhole(file: String, line: Int, found: String)
  /// A label is below 0 or beyond the last class.
  case labelOutOfRange(file: String, line: Int, found: String, classes: Int)
  /// A field's quotes do not end before the file does. The line is where they begin.
  case unclosedQuote(file: String, line: Int, column: Int)
  /// A quote stands within a field that is not in quotes, or something follows the quote that closes one.
  case strayQuote(file: String, line: Int, column: Int)
  /// The column that the caller named is not in the first line.
  case noColumn(file: String, named: String, found: [String])
  /// A field is none of the categories that the caller gave for its column.
  case unknownCategory(file: String, line: Int, column: Int, found: String, expected: [String])
  /// A column has more categories than a column may have.
  case tooManyCategories(file: String, line: Int, column: Int, most: Int)
  /// In this file two columns that the caller named are one, as the last and the third are where there are three.
  case columnNamedTwice(file: String, column: Int)

  // Of a file of bytes

  /// The file ends too soon: from the offset on, fewer bytes are left than it says.
  case truncated(file: String, offset: Int, found: Int, expected: Int)
  /// Bytes are left after all that the file says it holds, from the offset on.
  case oversized(file: String, offset: Int, excess: Int)
  /// The bytes at the offset are not what the format has there.
  case malformed(file: String, offset: Int, found: String, expected: String)
  /// The number at the offset is infinite, not-a-number or too great for a `Float`.
  case notFiniteNumber(file: String, offset: Int, found: String)
  /// The file's array has not the shape that is needed.
  case otherShape(file: String, found: [Int], expected: String)
  /// The number at a place among the labels is not that of a class.
  case notAClass(file: String, index: Int, found: String, classes: Int)
}

extension DataError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let file):
      "\(file): no such file"
    case .unreadable(let file, let reason):
      "\(file): cannot be read (\(reason)); expected a file of data"
    case .unwritable(let file, let reason):
      "\(file): cannot be written (\(reason))"
    case .empty(let file):
      "\(file): empty; expected data"
    case .tooFewColumns(let file, let line, let found):
      "\(file), line \(line): \(DataError.columns(found)); expected at least 2, features and then a label"
    case .ragged(let file, let line, let found, let expected):
      "\(file), line \(line): \(DataError.columns(found)); expected \(expected), as in line 1"
    case .notANumber(let file, let line, let column, let found):
      "\(file), line \(line), column \(column): \(DataError.quoted(found)); expected a number\(line == 1 ? " (a header is read only if the format says so)" : "")"
    case .notUTF8(let file, let line, let column):
      "\(file), line \(line), column \(column): bytes that are no UTF-8; expected UTF-8"
    case .notFinite(let file, let line, let column, let found):
      "\(file), line \(line), column \(column): \(DataError.quoted(found)); expected a finite number"
    case .noLabel(let file, let line, let column):
      "\(file), line \(line), column \(column): no label; expected the name of a class"
    case .labelNotWhole(let file, let line, let found):
      "\(file), line \(line): label \(DataError.quoted(found)); expected a whole number"
    case .labelOutOfRange(let file, let line, let found, let classes):
      "\(file), line \(line): label \(DataError.quoted(found)); expected 0 to \(classes - 1)"
    case .unclosedQuote(let file, let line, let column):
      "\(file), line \(line), column \(column): a quote that is not closed; expected another before the end"
    case .strayQuote(let file, let line, let column):
      "\(file), line \(line), column \(column): a quote within a field; expected quotes around all of it, those within doubled"
    case .noColumn(let file, let named, let found):
      "\(file), line 1: no column \(named); expected one of \(DataError.list(found))"
    case .unknownCategory(let file, let line, let column, let found, let expected):
      "\(file), line \(line), column \(column): \(DataError.quoted(found)); expected one of \(DataError.list(expected))"
    case .tooManyCategories(let file, let line, let column, let most):
      "\(file), line \(line), column \(column): one more category; expected at most \(most)"
    case .columnNamedTwice(let file, let column):
      "\(file), line 1, column \(column): named twice by the format; expected once, as the label or as categories"
    case .truncated(let file, let offset, let found, let expected):
      "\(file), byte \(offset): \(DataError.left(found)); expected \(expected == .max ? "more than can be counted" : "\(expected)")"
    case .oversized(let file, let offset, let excess):
      "\(file), byte \(offset): \(DataError.left(excess)); expected the file's end"
    case .malformed(let file, let offset, let found, let expected):
      "\(file), byte \(offset): \(DataError.quoted(found)); expected \(expected)"
    case .notFiniteNumber(let file, let offset, let found):
      "\(file), byte \(offset): \(found); expected a finite number in the range of Float"
    case .otherShape(let file, let found, let expected):
      "\(file): an array of shape \(found); expected \(expected)"
    case .notAClass(let file, let index, let found, let classes):
      "\(file), label \(index): \(found); expected a whole number from 0 to \(classes - 1)"
    }
  }

  private static func columns(_ count: Int) -> String {
    "\(count) \(count == 1 ? "column" : "columns")"
  }

  private static func left(_ count: Int) -> String {
    count == 1 ? "1 byte is left" : "\(count) bytes are left"
  }

  private static func list(_ names: [String]) -> String {
    let most = 10
    let shown = names.prefix(most).map(quoted).joined(separator: ", ")
    return names.count > most ? "\(shown) and \(names.count - most) more" : shown
  }

  /// The first characters of a field, with line breaks and the like escaped: whatever it holds, it stays one short line.
  private static func quoted(_ field: String) -> String {
    let most = 40
    return String(reflecting: String(field.prefix(most))) + (field.count > most ? "…" : "")
  }

  /// The first bytes of a file as text.
  static func excerpt(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix(8), as: UTF8.self)
  }
}
