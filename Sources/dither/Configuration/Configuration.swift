/// All that makes a run what it is: settings from a file of JSON, from flags, or both. In the file they are the members of one
/// object, by the flags' names in camel case.
struct Configuration: Encodable {
  var data = DataSettings()
  var model = ModelSettings()
  var optimizer = OptimizerSettings()
  var run = RunSettings()

  init() {}

  /// The settings' names.
  static let keys =
    DataSettings.CodingKeys.allCases.map(\.stringValue)
    + ModelSettings.CodingKeys.allCases.map(\.stringValue)
    + OptimizerSettings.CodingKeys.allCases.map(\.stringValue)
    + RunSettings.CodingKeys.allCases.map(\.stringValue)

  /// Takes over what the other says.
  mutating func override(by other: Configuration) {
    data.override(by: other.data)
    model.override(by: other.model)
    optimizer.override(by: other.optimizer)
    run.override(by: other.run)
  }

  /// Checks each setting alone, and gives those that have a default theirs.
  ///
  /// - Throws: `UsageError`.
  mutating func resolve() throws {
    try data.resolve()
    try model.resolve()
    try optimizer.resolve()
    try run.resolve()
    if run.patience != nil, data.validationFraction == 0 {
      throw UsageError(
        "--patience is \(run.patience ?? 0) and --validation-fraction is 0; expected validation data to stop by"
      )
    }
  }
}

// MARK: As one object

extension Configuration {
  func encode(to encoder: any Encoder) throws {
    try data.encode(to: encoder)
    try model.encode(to: encoder)
    try optimizer.encode(to: encoder)
    try run.encode(to: encoder)
  }
}
