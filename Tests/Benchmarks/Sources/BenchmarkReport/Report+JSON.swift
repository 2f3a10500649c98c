public import Foundation

extension Report {
  /// The rows as a JSON list, keys sorted, so that two versions of the file can be compared by eye.
  public func rowsJSON() throws -> Data { try Self.encoded(rows) }

  /// All but the rows, as JSON: the machine, who took part.
  public func runJSON() throws -> Data {
    try Self.encoded(
      Run(
        machine: machine, date: date, commit: commit, rounds: rounds, contenders: contenders,
        leftOut: leftOut))
  }

  /// The report that ``rowsJSON()`` and ``runJSON()`` made.
  public init(rows: Data, run: Data) throws {
    let run = try JSONDecoder().decode(Run.self, from: run)
    self.init(
      machine: run.machine, date: run.date, commit: run.commit, rounds: run.rounds,
      contenders: run.contenders, leftOut: run.leftOut,
      rows: try JSONDecoder().decode([Row].self, from: rows))
  }

  private struct Run: Codable {
    var machine: Machine
    var date: String?
    var commit: String?
    var rounds: Int
    var contenders: [Contender]
    var leftOut: [LeftOut]
  }

  private static func encoded(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value) + Data("\n".utf8)
  }
}
