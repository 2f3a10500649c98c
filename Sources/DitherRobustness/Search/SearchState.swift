import DitherData
import Foundation

/// What a search is, and the trials that it has behind it: what its file holds.
struct SearchState {
  /// What must be the same for a search to go on from a file: names and values, in an order that is fixed.
  let settings: [Setting]
  /// The scores of the trials so far; nil of one that met a number which is not finite.
  private(set) var results: [SearchTrial: TrialScores?] = [:]
  /// All trials that have been asked for, in their order.
  private var order: [SearchTrial] = []
  private let file: String?

  struct Setting: Hashable, Codable {
    let name: String
    let value: String
  }

  /// - Parameter file: holds what was done; nil where nothing is kept. A search that begins writes it at once, so that a file that
  ///   cannot be written is found before anything is trained.
  init(_ settings: [Setting], file: String?) throws(SearchError) {
    self.settings = settings
    self.file = file
    guard let file else { return }
    PartialFile.removeAll(for: file)
    if let contents = try Self.read(file) { try resume(from: contents, file) }
    try save()
  }

  private static func read(_ file: String) throws(SearchError) -> [UInt8]? {
    do throws(DataError) {
      return try DataFile.contents(of: file)
    } catch {
      switch error {
      case .missing: return nil
      case .unreadable(_, let reason): throw .stateUnreadable(file: file, reason: reason)
      default: throw .stateUnreadable(file: file, reason: "\(error)")
      }
    }
  }

  private mutating func resume(from contents: [UInt8], _ file: String) throws(SearchError) {
    // First the settings alone: the trials of another version may hold something else.
    let stored = try Self.decode(Settings.self, contents, file).settings
    let found = Dictionary(stored.map { ($0.name, $0.value) }) { first, _ in first }
    for setting in settings where found[setting.name] != setting.value {
      throw .otherSearch(
        file: file, what: setting.name, found: found[setting.name] ?? "not there",
        expected: setting.value)
    }
    let records = try Self.decode(Stored.self, contents, file).trials
    let scores = records.compactMap(\.scores)
    for other in scores.dropFirst()
    where other.clean.count != scores[0].clean.count || other.draws != scores[0].draws {
      throw .malformedState(
        file: file,
        reason:
          "scores of \(other.clean.count) rows and \(other.draws) draws beside others of \(scores[0].clean.count) and \(scores[0].draws)"
      )
    }
    for record in records {
      results[record.trial] = .some(record.scores)
      order.append(record.trial)
    }
  }

  private static func decode<Value: Decodable>(
    _ type: Value.Type, _ contents: [UInt8], _ file: String
  ) throws(SearchError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(contents))
    } catch {
      throw .malformedState(file: file, reason: reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .dataCorrupted(let context), .keyNotFound(_, let context),
      .typeMismatch(_, let context), .valueNotFound(_, let context):
      context.debugDescription
    default: "\(error)"
    }
  }

  /// Those of some trials that are left to do. All of them come last in the file, in their order, so that it does not depend on
  /// which of them had ended when a search was interrupted.
  mutating func pending(of trials: [SearchTrial]) -> [SearchTrial] {
    let asked = Set(trials)
    order.removeAll { asked.contains($0) }
    order += trials
    return trials.filter { results[$0] == nil }
  }

  mutating func add(_ scores: TrialScores?, of trial: SearchTrial) throws(SearchError) {
    results[trial] = .some(scores)
    try save()
  }

  /// The scores of a trial that was done; nil if it met a number that is not finite.
  func scores(of trial: SearchTrial) -> TrialScores? { results[trial] ?? nil }

  private func save() throws(SearchError) {
    guard let file else { return }
    let trials = order.compactMap { trial in
      results[trial].map { Record(trial: trial, scores: $0) }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      let contents = try encoder.encode(Stored(settings: settings, trials: trials))
      try DataFile.replace(file, with: Array(contents) + [UInt8(ascii: "\n")])
    } catch DataError.unwritable(_, let reason) {
      throw .stateNotWritten(file: file, reason: reason)
    } catch {
      throw .stateNotWritten(file: file, reason: "\(error)")
    }
  }

  private struct Settings: Codable {
    var settings: [Setting]
  }

  private struct Stored: Codable {
    var settings: [Setting]
    var trials: [Record]
  }

  private struct Record: Codable {
    var trial: SearchTrial
    var scores: TrialScores?
  }
}
