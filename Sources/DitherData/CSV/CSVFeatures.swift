package import DitherTensors

/// A CSV file without a label: every column is a feature.
package struct CSVFeatures {
  /// A row for each record: [records, features].
  package let inputs: Tensor
  /// The name of each feature; none where there is no header.
  package let names: [String]

  /// - Parameters:
  ///   - path: the file's.
  ///   - format: what the columns hold; its label's column is not looked for.
  /// - Throws: ``DataError``, as of labelled data.
  package init(contentsOf path: String, format: CSVFormat) throws(DataError) {
    let table = try CSVTable(
      bytes: DataFile.contents(of: path), file: path, format: format,
      classes: LabelledData.mostClasses, hasLabels: false)
    inputs = table.inputs
    names = table.featureNames
  }
}
