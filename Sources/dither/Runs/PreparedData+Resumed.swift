import DitherData

extension PreparedData {
  /// Throws unless these are the data that a run began with.
  func requireSame(as begun: Preprocessing) throws(InputError) {
    let found = preprocessing
    try require(found.featureNames, begun.featureNames, "columns")
    try require(found.format.classNames, begun.format.classNames, "classes")
    try require(categories(found), categories(begun), "categories")
    try requireRows(
      training, "training", (found.trainingRows, found.trainingChecksum),
      (begun.trainingRows, begun.trainingChecksum))
    try requireRows(
      validation, "validation", (found.validationRows, found.validationChecksum),
      (begun.validationRows, begun.validationChecksum))
  }

  private func categories(_ preprocessing: Preprocessing) -> [String] {
    preprocessing.format.categories.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
  }

  private func require(
    _ found: [String], _ expected: [String], _ what: String
  ) throws(InputError) {
    if found == expected { return }
    throw InputError(
      "\(training.name): the \(what) \(list(found)); expected \(list(expected)), as the run began with"
    )
  }

  private func list(_ names: [String]) -> String {
    if names.isEmpty { return "without names" }
    return names.prefix(20).map { "\"\($0)\"" }.joined(separator: ", ")
      + (names.count > 20 ? " and \(names.count - 20) more" : "")
  }

  private func requireRows(
    _ data: LabelledData?, _ part: String, _ found: (rows: Int?, checksum: String?),
    _ expected: (rows: Int?, checksum: String?)
  ) throws(InputError) {
    if found.rows == expected.rows && found.checksum == expected.checksum { return }
    throw InputError(
      "\((data ?? training).name): \(found.rows ?? 0) \(part) rows of checksum \(found.checksum ?? "none"); expected the \(expected.rows ?? 0) of checksum \(expected.checksum ?? "none") that the run began with"
    )
  }
}
