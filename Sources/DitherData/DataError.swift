/// What is wrong with a file of data, and where. Its description is one line that says what was found and what was
/// expected.
public enum DataError: Error, Hashable, Sendable {
  /// There is no such file.
  case missing(file: String)
  /// The file is there and cannot be read, for the reason the system gives.
  case unreadable(file: String, reason: String)
  /// The file has no lines.
  case empty(file: String)
  /// The first line has too few columns: at least one feature and the label are needed.
  case tooFewColumns(file: String, line: Int, found: Int)
  /// A line has not as many columns as the first.
  case ragged(file: String, line: Int, found: Int, expected: Int)
  /// A field is not a decimal number.
  case notANumber(file: String, line: Int, column: Int, found: String)
  /// A field is infinite, not-a-number or too great for a `Float`.
  case notFinite(file: String, line: Int, column: Int, found: String)
  /// A label is a number but not a whole one.
  case labelNotWhole(file: String, line: Int, found: String)
  /// A label is below 0 or beyond the last class.
  case labelOutOfRange(file: String, line: Int, found: String, classes: Int)
}

extension DataError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let file):
      "\(file): no such file; expected a CSV file of numbers"
    case .unreadable(let file, let reason):
      "\(file): cannot be read (\(reason)); expected a CSV file of numbers"
    case .empty(let file):
      "\(file): the file is empty; expected lines of numbers, the label last"
    case .tooFewColumns(let file, let line, let found):
      "\(file), line \(line): \(found) \(found == 1 ? "column" : "columns"); expected at least 2, features and then a label"
    case .ragged(let file, let line, let found, let expected):
      "\(file), line \(line): \(found) \(found == 1 ? "column" : "columns"); expected \(expected), as in line 1"
    case .notANumber(let file, let line, let column, let found):
      "\(file), line \(line), column \(column): \(DataError.quoted(found)); expected a number\(line == 1 ? " (a header is not read)" : "")"
    case .notFinite(let file, let line, let column, let found):
      "\(file), line \(line), column \(column): \(DataError.quoted(found)); expected a finite number"
    case .labelNotWhole(let file, let line, let found):
      "\(file), line \(line): label \(DataError.quoted(found)); expected a whole number"
    case .labelOutOfRange(let file, let line, let found, let classes):
      "\(file), line \(line): label \(DataError.quoted(found)); expected 0 to \(classes - 1)"
    }
  }

  /// The first characters of a field, with line breaks and the like escaped: whatever it holds, it stays one short line.
  private static func quoted(_ field: String) -> String {
    let most = 40
    return String(reflecting: String(field.prefix(most))) + (field.count > most ? "…" : "")
  }
}
