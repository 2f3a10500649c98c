import Foundation
import NoiseDistributions

/// All that makes a study what it is, but the data themselves.
struct StudySettings: Sendable {
  var families: [StudyFamily]
  var sites: [StudySite]
  var testNoise: StudyTestNoise
  var epochs: Int
  /// Epochs of all trainings of the search together; nil for what is usual for its candidates.
  var budget: Int?
  var batch: Int
  var seed: UInt64
  /// One of so many parts of what is not for the test is for validation.
  var folds: Int
  /// The share of rows for the test; nil where they have a place of their own.
  var testFraction: Double?
  /// As `dither train` has them: data, network, optimizer.
  var training: Configuration
  /// Where test rows are, where they have a place of their own.
  var testLocation: DataLocation?

  /// Steps of a full training.
  ///
  /// - Parameter rows: that are trained on.
  func steps(rows: Int) -> Int { (rows + batch - 1) / batch * epochs }

  enum Key: String, CodingKey {
    case families, sites, testNoise, epochs, budget, batch, seed, folds, testFraction, testData
    case testImages, testLabels, output
  }

  /// Reads a list of names with commas between them.
  static func list<Choice: CaseIterable & RawRepresentable & Equatable>(
    _ text: String, _ key: Key
  ) throws(UsageError) -> [Choice] where Choice.RawValue == String {
    var choices: [Choice] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let choice: Choice = try choice(String(part), key)
      if choices.contains(choice) {
        throw UsageError("\(flag(key)) is \"\(text)\"; expected each name once")
      }
      choices.append(choice)
    }
    return choices
  }

  /// The settings by their flags, as text: what must be the same for a study to go on. Where the data are is none of it: what they
  /// hold is compared.
  var texts: [String: String] {
    var texts: [String: String] = [
      flag(Key.families): families.map(\.rawValue).joined(separator: ","),
      flag(Key.sites): sites.map(\.rawValue).joined(separator: ","),
      flag(Key.testNoise): testNoise.family.rawValue + (testNoise.scale.map { ":\($0)" } ?? ""),
      flag(Key.epochs): "\(epochs)",
      flag(Key.budget): budget.map { "\($0)" } ?? "the usual",
      flag(Key.batch): "\(batch)",
      flag(Key.seed): "\(seed)",
      flag(Key.folds): "\(folds)",
      "the program's version": Dither.version,
    ]
    if let testFraction { texts[flag(Key.testFraction)] = "\(testFraction)" }
    // Its own JSON is an object.
    let object = try! JSONSerialization.jsonObject(with: Data(training.json)) as! [String: Any]
    for (key, value) in object {
      let name = flag(Name(key))
      if texts[name] == nil, !Self.untold.contains(key) {
        texts[name] = "\(value)"
      }
    }
    return texts
  }

  /// Keys of a configuration that say where the data are, or that a study does not use.
  private static let untold: Set<String> = [
    "data", "images", "labels", "splitSeed", "noiseSeed", "validationFraction",
  ]

  /// A key of a configuration by its name.
  private struct Name: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }
}
