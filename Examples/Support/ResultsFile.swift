import Foundation

/// Results as JSON, from which the tables of a page are printed.
package enum ResultsFile {
  package static func write(_ results: some Encodable, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let json = try encoder.encode(results) + Data("\n".utf8)
    try json.write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  /// - Throws: ``FileError`` where the file cannot be read, or holds other results.
  package static func read<Results: Decodable>(
    _ path: String, option: String
  ) throws(FileError) -> Results {
    let expected = "expected what --json wrote with the same command"
    let json: Data
    do {
      json = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw FileError(
        "\(option) \(path): cannot be read (\(error.localizedDescription)); \(expected)")
    }
    do {
      return try JSONDecoder().decode(Results.self, from: json)
    } catch {
      throw FileError("\(option) \(path): holds no results of this command; \(expected)")
    }
  }

  /// `1 seed`, `5 seeds`.
  package static func counted(_ count: Int, _ thing: String) -> String {
    "\(count) \(thing)\(count == 1 ? "" : "s")"
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
