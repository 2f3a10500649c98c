import DitherRuntime
import DitherTensors

extension LabelledData {
  /// Reads a CSV file: numeric features and a label in each record.
  ///
  /// Fields are separated by commas; spaces and tabs around them are no part of them. A field in quotes may hold commas, line ends
  /// and, doubled, quotes (RFC 4180). A number is decimal, with an optional exponent, and becomes the nearest `Float`. Lines end in
  /// a line feed, with or without a carriage return; empty lines at the end are passed over.
  ///
  /// ```swift
  /// func species(_ path: String) throws -> LabelledData {
  ///   try LabelledData(
  ///     contentsOf: path,
  ///     format: CSVFormat(hasHeader: true, labelCategories: .byFirstAppearance))
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - path: the file's.
  ///   - format: what the columns hold. Without it there is no header, every field is a number, and the last one of a record is the
  ///     label, a whole number.
  ///   - classes: the number of classes, where labels are numbers. Without it, one more than the greatest label, which may be up
  ///     to 65,535.
  ///   - name: what to call the data; the file's name without it.
  /// - Throws: ``DataError``, which names the file, the line, what was found and what was expected.
  public init(
    contentsOf path: String, format: CSVFormat = CSVFormat(), classes: Int? = nil,
    name: String? = nil
  ) throws(DataError) {
    require(classes ?? 1 >= 1, "LabelledData: classes is \(classes ?? 0); expected at least 1")
    require(
      classes == nil || format.labelCategories == nil,
      "LabelledData: classes is \(classes ?? 0) and labels are names; expected one of the two")
    let table = try CSVTable(
      bytes: DataFile.contents(of: path), file: path, format: format,
      classes: classes ?? LabelledData.mostClasses)
    let classNames = table.labelCategories?.names ?? []
    self.init(
      inputs: table.inputs, labels: table.labels,
      classes: classes ?? (classNames.isEmpty ? table.labels.max()! + 1 : classNames.count),
      name: name ?? LabelledData.name(of: path), classNames: classNames,
      featureNames: table.featureNames)
  }
}
