import Foundation

/// Results as JSON, from which the tables of a page are printed.
package enum ResultsFile {
  package static func write(_ results: some Encodable, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let json = try encoder.encode(results) + Data("\n".utf8)
    try json.write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  package static func read<Results: Decodable>(_ path: String) throws -> Results {
    try JSONDecoder().decode(Results.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// With two decimals.
  package static func fixed(_ number: Double) -> String { String(format: "%.2f", number) }

  /// Rows of a table in Markdown, the first its head.
  package static func table(_ rows: [[String]]) -> String {
    let rule = rows[0].map { _ in "---" }
    return ([rows[0], rule] + rows.dropFirst())
      .map { "| \($0.joined(separator: " | ")) |" }
      .joined(separator: "\n")
  }
}
