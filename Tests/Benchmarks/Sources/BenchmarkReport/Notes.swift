public import Foundation

/// What a person has to say about a measurement, kept beside the report so that measuring again does not lose
/// it: texts by the name of a group ("products"), of a row's case, or of a contender.
public struct Notes: Equatable, Sendable {
  private var texts: [String: String]

  public init(_ texts: [String: String] = [:]) { self.texts = texts }

  /// From a JSON object of texts: `{"products": "…", "forward 1·1024·1024": "…", "MLX": "…"}`.
  public init(json: Data) throws {
    texts = try JSONDecoder().decode([String: String].self, from: json)
  }

  /// The text about a group, a row's case or a contender.
  public subscript(name: String) -> String? { texts[name] }

  /// Names in the notes that the report does not have, sorted: misspelt, or of rows that are no more.
  public func unknownNames(in report: Report) -> [String] {
    let known =
      Group.allCases.map(\.rawValue) + report.rows.map(\.case) + report.contenders.map(\.name)
      + report.leftOut.map(\.name)
    return Set(texts.keys).subtracting(known).sorted()
  }
}
