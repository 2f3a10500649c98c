import ArgumentParser
import DitherRuntime

/// What a study tries, and how long.
struct StudyOptions: ParsableArguments {
  static let epochs = 30
  static let batch = 64
  static let learningRate = 0.003
  static let folds = 5
  static let testFraction = 0.2

  @Option(
    help: ArgumentHelp(
      "Of noise, below. (default: \(StudyFamily.standard.map(\.rawValue).joined(separator: ",")))",
      valueName: "name,name,…"))
  var families: String?

  @Option(
    help: ArgumentHelp(
      "Where in the network, below. (default: \(StudySite.standard.map(\.rawValue).joined(separator: ",")))",
      valueName: "name,name,…"))
  var sites: String?

  @Option(
    help: ArgumentHelp(
      "A family, and its number, on the inputs of the rows that networks are compared by, as they are after normalization. (default: gaussian, of 0.75 times their standard deviation)",
      valueName: "family:number"))
  var testNoise: String?

  @Option(
    help: ArgumentHelp(
      "How often a network that is trained in full sees all training rows. (default: \(epochs))",
      valueName: "n"))
  var epochs: Int?

  @Option(
    help: ArgumentHelp(
      "Epochs of all trainings of the search together. (default: by the number of noises)",
      valueName: "epochs"))
  var budget: Int?

  @Option(help: ArgumentHelp("Rows a step. (default: \(batch))", valueName: "rows"))
  var batch: Int?

  @Option(help: ArgumentHelp("Of all draws.", valueName: "n"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Parts that rows which are not for the test are split into, one of them to choose by. (default: \(folds))",
      valueName: "n"))
  var folds: Int?

  @Option(
    help: ArgumentHelp(
      "The most threads to use; the results do not depend on them. (default: all)",
      valueName: "n"))
  var threads: Int?

  /// The study that these options are of.
  ///
  /// - Parameter training: resolved.
  func settings(
    _ training: Configuration, _ test: TestDataOptions
  ) throws -> StudySettings {
    typealias Key = StudySettings.Key
    try require(training.run.epochs, in: 1...1_000_000, Key.epochs)
    try require(budget, in: 1...1_000_000_000, Key.budget)
    try require(folds, in: 2...1_000_000, Key.folds)
    let location = try test.location
    return StudySettings(
      families: try families.map { text in try StudySettings.list(text, .families) }
        ?? StudyFamily.standard,
      sites: try sites.map { text in try StudySettings.list(text, .sites) } ?? StudySite.standard,
      testNoise: try StudyTestNoise(testNoise ?? StudyFamily.gaussian.rawValue),
      epochs: training.run.epochs ?? Self.epochs, budget: budget,
      batch: training.run.batch ?? Self.batch, seed: seed, folds: folds ?? Self.folds,
      testFraction: location == nil ? try test.fraction : nil, training: training,
      testLocation: location)
  }
}

/// Rows that nothing is chosen by.
struct TestDataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The share of each class that is kept for the test. (default: \(StudyOptions.testFraction))",
      valueName: "share"))
  var testFraction: Double?

  @Option(
    help: ArgumentHelp("Test data of their own, as --data.", valueName: "path"),
    completion: .file())
  var testData: String?

  @Option(
    help: ArgumentHelp("Test data of their own, as --images.", valueName: "file"),
    completion: .file())
  var testImages: String?

  @Option(
    help: ArgumentHelp("Their labels, as --labels.", valueName: "file"), completion: .file())
  var testLabels: String?

  /// Where they are; nil where they are a part of the others.
  var location: DataLocation? {
    get throws(UsageError) {
      typealias Key = StudySettings.Key
      let location = try DataLocation(
        data: testData, images: testImages, labels: testLabels,
        keys: (Key.testData, Key.testImages, Key.testLabels))
      if location != nil, testFraction != nil {
        throw UsageError("--test-fraction beside test data of their own; expected one of the two")
      }
      return location
    }
  }

  /// The share of rows, checked.
  var fraction: Double {
    get throws(UsageError) {
      let fraction = testFraction ?? StudyOptions.testFraction
      if !(fraction > 0 && fraction < 1) {
        throw UsageError("--test-fraction is \(fraction); expected above 0 and less than 1")
      }
      return fraction
    }
  }
}
