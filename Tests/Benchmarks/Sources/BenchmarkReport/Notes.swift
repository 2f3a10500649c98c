public import Foundation

/// What a person has to say about a measurement, kept beside the report so that measuring again does not lose
/// it: texts by the name of a group ("products"), of a row's case, or of a contender; and about the "machine", and about
/// the "contenders" as a whole.
public struct Notes: Equatable, Sendable {
  private var texts: [String: String]

  public init(_ texts: [String: String] = [:]) { self.texts = texts }

  /// From a JSON object of texts, or of lists of their lines: `{"products": "…", "MLX": "…", "contenders": ["…", "…"]}`.
  public init(json: Data) throws {
    texts = try JSONDecoder().decode([String: Text].self, from: json).mapValues(\.text)
  }

  static let machine = "machine"
  static let contenders = "contenders"

  private struct Text: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let lines = try? container.decode([String].self) {
        text = lines.joined(separator: "\n")
      } else {
        text = try container.decode(String.self)
      }
    }
  }

  /// The text about a group, a row's case, a contender, the machine or the contenders.
  public subscript(name: String) -> String? { texts[name] }

  /// Names in the notes that the report does not have, sorted: misspelt, or of rows that are no more.
  public func unknownNames(in report: Report) -> [String] {
    let known =
      Group.allCases.map(\.rawValue) + report.rows.map(\.case) + report.contenders.map(\.name)
      + report.leftOut.map(\.name) + [Notes.machine, Notes.contenders]
    return Set(texts.keys).subtracting(known).sorted()
  }
}
