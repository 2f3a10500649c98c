import Foundation
import Testing

/// What NoiseStudy writes as JSON, as a program of someone else's would read it.
struct StudyResults: Decodable {
  struct Accuracy: Decodable {
    var testNoise: Double
    var mean: Double
    var halfWidth: Double?
    var seeds: [Double]
  }

  struct Network: Decodable {
    var noise: String?
    var accuracy: [Accuracy]
  }

  struct Comparison: Decodable {
    var noise: String
    var difference: Accuracy
  }

  var networks: [Network]
  var comparison: Comparison

  init(at path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    self = try JSONDecoder().decode(StudyResults.self, from: data)
  }
}

/// The rows of the table in what NoiseStudy prints, between its two rules: a name, then the cells.
func tableRows(of output: String) throws -> [(name: String, cells: [String])] {
  let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
  let rules = lines.indices.filter { lines[$0].hasPrefix("──") }
  try #require(rules.count == 2)
  return lines[(rules[0] + 1)..<rules[1]].map { line in
    let cells = line.replacing(/[ ]± +/, with: "±").replacing("no noise", with: "none")
      .split(whereSeparator: { $0 == " " }).map(String.init)
    return (cells[0], Array(cells.dropFirst()))
  }
}
