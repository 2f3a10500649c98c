public import Foundation

extension Report {
  /// The report as JSON, keys sorted, so that two versions of the file can be compared by eye.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// The report that `json()` made.
  public init(json: Data) throws {
    self = try JSONDecoder().decode(Report.self, from: json)
  }
}
