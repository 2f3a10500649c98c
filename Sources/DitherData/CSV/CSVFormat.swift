import DitherRuntime

/// What the columns of a CSV file hold.
///
/// ```swift
/// // sepal length, sepal width, species
/// let format = CSVFormat(
///   hasHeader: true, labelColumn: .named("species"), labelCategories: .byFirstAppearance)
/// ```
public struct CSVFormat: Hashable, Sendable {
  /// A column of the file.
  public enum Column: Hashable, Sendable {
    /// The last one.
    case last
    /// By its place, the first is 0.
    case at(Int)
    /// By its name in the header; the first of that name.
    case named(String)
  }

  /// What the fields of a column of categories are numbered by.
  public enum Categories: Hashable, Sendable {
    /// In the order in which they first appear: of labels at most 65,536, of a feature at most 256.
    case byFirstAppearance
    /// In the order of a list; another field is an error. So a file to test with gets the numbers of the one trained on.
    case listed([String])
  }

  /// Whether the first record holds the names of the columns.
  public var hasHeader: Bool
  /// Where the label is.
  public var labelColumn: Column
  /// The classes, if labels are names; nil if they are whole numbers.
  public var labelCategories: Categories?
  /// Columns whose fields are no numbers. Each becomes a feature a category, 1 where the field is it and 0 elsewhere. A file in
  /// which one of them is another or the label throws ``DataError/columnNamedTwice(file:column:)``.
  public var categoryColumns: [Column: Categories]

  /// Stops if a column is named and there is no header, at a list that is empty or holds a name twice, and if a column's place
  /// is negative.
  public init(
    hasHeader: Bool = false, labelColumn: Column = .last, labelCategories: Categories? = nil,
    categoryColumns: [Column: Categories] = [:]
  ) {
    for column in [labelColumn] + categoryColumns.keys {
      switch column {
      case .last: break
      case .at(let place):
        require(place >= 0, "CSVFormat: column \(place); expected 0 or more")
      case .named(let name):
        require(hasHeader, "CSVFormat: a column named \"\(name)\" without a header; expected one")
      }
    }
    for categories in [labelCategories].compactMap(\.self) + categoryColumns.values {
      guard case .listed(let names) = categories else { continue }
      require(
        !names.isEmpty && Set(names).count == names.count,
        "CSVFormat: categories \(names); expected at least one, each once")
    }
    self.hasHeader = hasHeader
    self.labelColumn = labelColumn
    self.labelCategories = labelCategories
    self.categoryColumns = categoryColumns
  }
}

/// The categories of one column, and their numbers.
struct CSVCategories {
  private(set) var names: [String] = []
  private var numbers: [String: Int] = [:]
  /// How many may appear; nil if there is a list.
  private let most: Int?

  init(_ categories: CSVFormat.Categories, most: Int) {
    switch categories {
    case .byFirstAppearance: self.most = most
    case .listed(let names):
      self.most = nil
      for name in names { add(name) }
    }
  }

  private mutating func add(_ name: String) {
    numbers[name] = names.count
    names.append(name)
  }

  mutating func number(
    of name: String, file: String, line: Int, column: Int
  ) throws(DataError) -> Int {
    if let number = numbers[name] { return number }
    guard let most else {
      throw .unknownCategory(file: file, line: line, column: column, found: name, expected: names)
    }
    if names.count == most {
      throw .tooManyCategories(file: file, line: line, column: column, most: most)
    }
    add(name)
    return names.count - 1
  }
}
