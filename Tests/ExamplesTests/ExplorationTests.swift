import Foundation
import TestSupport
import Testing

@Suite("PublishedResults exploration")
struct ExplorationTests {
  private let program = Executable(name: "PublishedResults")

  /// What the command writes as JSON, as a program of someone else's would read it.
  private struct Results: Decodable {
    struct Row: Decodable {
      var length: Int
      var exploration: String
      var episodes: [Int?]
    }

    var rows: [Row]
  }

  @Test("Two threads give the numbers of one, and the file prints the same table again")
  func threads() throws {
    try expectSameOnThreads([
      "exploration", "--length", "4", "--length", "6", "--seeds", "2", "--episodes", "12",
    ])
  }

  @Test("A short chain is solved, but in no fewer episodes than it takes to count as solved")
  func shortChain() throws {
    let scratch = try Scratch()
    let json = scratch.path("exploration.json")
    let run = try program.run([
      "exploration", "--length", "4", "--seeds", "1", "--episodes", "600", "--json", json,
    ])
    #expect(run.exitCode == 0)
    let results = try JSONDecoder().decode(
      Results.self, from: Data(contentsOf: URL(fileURLWithPath: json)))
    #expect(results.rows.map(\.length) == [4, 4, 4])
    #expect(Set(results.rows.map(\.exploration)).count == 3)
    for row in results.rows {
      for episodes in row.episodes {
        #expect(try #require(episodes, "\(row.exploration)") >= 100)
      }
    }
  }

  @Test("A chain that is too short is refused, with what was expected")
  func refusal() throws {
    let run = try program.run(["exploration", "--length", "2"])
    #expect(run.exitCode != 0)
    #expect(run.error.contains("--length is 2; expected 3 to 10000"))
  }
}
