import DitherData

/// How data are read: what the settings say, and, once a run has begun, what it began with, so that other data get the same
/// columns and the same numbers of classes.
struct DataFormat: Codable {
  /// Whether the first line of a table has the columns' names.
  var header = false
  /// The label's column, by its name or its place from 0; nil for the last.
  var labelColumn: String?
  /// The categories of columns that hold no numbers, by the columns' names; empty lists where they are not known yet.
  var categories: [String: [String]] = [:]
  /// The names of the classes; empty where they are numbers, or not known yet.
  var classNames: [String] = []
  /// The number of classes; nil where it is not known yet.
  var classes: Int?
  /// The filters and frames of recordings that are yet to be heard.
  var filters = 40
  var frames: Int?
  /// What becomes of recordings; nil where there are none, or where the first is yet to be heard.
  var sound: SoundFeatures?
  /// Whether a run has begun with it: what it does not know then, other data do not teach it.
  var isOfRun = false

  private enum CodingKeys: String, CodingKey {
    case header, labelColumn, categories, classNames, classes, filters, frames, sound
  }

  init() {}

  init(_ settings: DataSettings) {
    categories = Dictionary(
      uniqueKeysWithValues: (settings.categoryColumn ?? []).map { ($0, []) })
    classes = settings.classes
    filters = settings.filters ?? 40
    frames = settings.frames
    override(by: settings)
  }

  /// Takes over what the settings say of a table's columns.
  mutating func override(by settings: DataSettings) {
    if let header = settings.header { self.header = header }
    labelColumn.override(by: settings.labelColumn)
  }

  /// Takes over what data that have been read are like.
  mutating func learn(from data: LabelledData) {
    classNames = data.classNames
    classes = data.classes
    for name in categories.keys {
      let prefix = name + "="
      categories[name] = data.featureNames.filter { $0.hasPrefix(prefix) }
        .map { String($0.dropFirst(prefix.count)) }
    }
  }

  /// The format of a table.
  ///
  /// - Parameters:
  ///   - labels: what labels are numbered by; nil for whole numbers.
  ///   - column: where the label is; nil for where it is in training.
  func table(
    labels: CSVFormat.Categories?, column: CSVFormat.Column? = nil
  ) throws -> CSVFormat {
    var columns: [CSVFormat.Column: CSVFormat.Categories] = [:]
    for (name, known) in categories {
      if !header {
        throw UsageError(
          "the column \"\(name)\" has a name; expected --header, which has the names")
      }
      if Set(known).count != known.count {
        throw InputError("the categories of \"\(name)\" are \(known); expected each once")
      }
      columns[.named(name)] = known.isEmpty ? .byFirstAppearance : .listed(known)
    }
    return CSVFormat(
      hasHeader: header, labelColumn: try column ?? self.column(labelColumn),
      labelCategories: labels, categoryColumns: columns)
  }

  private func column(_ text: String?) throws(UsageError) -> CSVFormat.Column {
    guard let text, text != "last" else { return .last }
    if let place = Int(text) {
      if place < 0 { throw UsageError("--label-column is \(place); expected 0 or more") }
      return .at(place)
    }
    if !header {
      throw UsageError(
        "--label-column is \"\(text)\", a name; expected --header, which has the names, or a place such as 0"
      )
    }
    return .named(text)
  }
}
