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
    let scratch = try Scratch()
    let runs = try [1, 2].map { threads in
      try program.run([
        "exploration", "--length", "4", "--length", "6", "--seeds", "2", "--episodes", "12",
        "--threads", "\(threads)", "--json", scratch.path("\(threads).json"),
      ])
    }
    for run in runs {
      #expect(run.exitCode == 0)
      #expect(run.error.isEmpty)
    }
    #expect(runs[0].output == runs[1].output)
    let files = try ["1.json", "2.json"].map {
      try Data(contentsOf: URL(fileURLWithPath: scratch.path($0)))
    }
    #expect(files[0] == files[1])
    let again = try program.run(["exploration", "--read", scratch.path("1.json")])
    #expect(again.output == runs[0].output)
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

  @Test("The page has the tables of the committed results")
  func page() throws {
    let docs = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs").standardizedFileURL
    let page = try String(contentsOf: docs.appending(path: "results.md"), encoding: .utf8)
    for (command, name) in [
      ("exploration", "exploration"), ("gradient-noise", "gradient-noise"),
      ("gradient-noise", "gradient-noise-validation"),
    ] {
      let run = try program.run([command, "--read", docs.path + "/results/\(name).json"])
      #expect(run.exitCode == 0)
      #expect(page.contains(run.output), "\(name)")
    }
  }

  @Test("A chain that is too short is refused, with what was expected")
  func refusal() throws {
    let run = try program.run(["exploration", "--length", "2"])
    #expect(run.exitCode != 0)
    #expect(run.error.contains("--length is 2; expected 3 to 10000"))
  }
}
