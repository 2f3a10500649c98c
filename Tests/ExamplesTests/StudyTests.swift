import Foundation
import TestSupport
import Testing

@Suite("NoiseStudy")
struct StudyTests {
  private let study = Executable(name: "NoiseStudy")

  @Test("Two threads give the numbers of one, and nothing goes to standard error in a pipe")
  func threads() throws {
    let scratch = try Scratch()
    let runs = try [1, 2].map { threads in
      try study.run([
        "--epochs", "2", "--seeds", "2", "--threads", "\(threads)",
        "--json", scratch.path("\(threads).json"),
      ])
    }
    for run in runs {
      #expect(run.exitCode == 0)
      #expect(run.error.isEmpty)
    }
    #expect(runs[0].output == runs[1].output)
    #expect(try tableRows(of: runs[0].output).count == 6)
    let files = try ["1.json", "2.json"].map {
      try Data(contentsOf: URL(fileURLWithPath: scratch.path($0)))
    }
    #expect(files[0] == files[1])
    #expect(try scratch.names == ["1.json", "2.json"])
  }

  @Test("The JSON holds the table's numbers, and each column's best has the star")
  func sameNumbers() throws {
    let scratch = try Scratch()
    let json = scratch.path("study.json")
    let run = try study.run([
      "--epochs", "3", "--seeds", "3", "--noise", "gaussian:0.3@input", "--noise",
      "dropout:0.5@output", "--json", json,
    ])
    let results = try StudyResults(at: json)
    let rows = try tableRows(of: run.output)
    #expect(results.networks.map(\.noise) == [nil, "gaussian:0.3@input", "dropout:0.5@output"])
    #expect(rows.map(\.name) == results.networks.map { $0.noise ?? "none" })
    for (network, row) in zip(results.networks, rows) {
      #expect(
        network.accuracy.map(\.testNoise).map { ($0 * 1000).rounded() } == [0, 75, 150, 300, 450])
      #expect(row.cells.count == network.accuracy.count)
      for (test, (accuracy, cell)) in zip(network.accuracy, row.cells).enumerated() {
        let mean = String(format: "%.1f", accuracy.mean)
        let half = String(format: "%.1f", try #require(accuracy.halfWidth))
        let best = results.networks.map { $0.accuracy[test].mean }.max() ?? 0
        let star = String(format: "%.1f", best) == mean ? "*" : ""
        #expect(cell == "\(mean)±\(half)\(star)")
      }
    }
    let difference = results.comparison.difference
    #expect(results.comparison.noise == "gaussian:0.3@input")
    #expect(difference.testNoise == 0.3)
    #expect(run.output.contains(String(format: "%.1f", abs(difference.mean)) + " ± "))
  }

  /// Quantiles: Abramowitz & Stegun, table 26.10, at 0.95 within, for 1 and 2 degrees of freedom.
  @Test(
    "Intervals are those of Student's t, and the comparison is paired by seed",
    arguments: [(2, 12.706), (3, 4.303)])
  func intervals(seeds: Int, quantile: Double) throws {
    let scratch = try Scratch()
    let json = scratch.path("study.json")
    _ = try study.run([
      "--epochs", "1", "--seeds", "\(seeds)", "--noise", "gaussian:0.4@input", "--json", json,
    ])
    let results = try StudyResults(at: json)
    let index = try #require(
      results.networks[0].accuracy.firstIndex { $0.testNoise == 0.4 })
    let pairs = results.networks.map { $0.accuracy[index].seeds }
    #expect(zip(pairs[1], pairs[0]).map { $0 - $1 } == results.comparison.difference.seeds)
    for accuracy in results.networks.flatMap(\.accuracy) + [results.comparison.difference] {
      let count = Double(seeds)
      #expect(accuracy.seeds.count == seeds)
      let mean = accuracy.seeds.reduce(0, +) / count
      let squares = accuracy.seeds.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
      let half = quantile * (squares / (count - 1) / count).squareRoot()
      #expect(abs(accuracy.mean - mean) < 1e-9)
      #expect(abs(try #require(accuracy.halfWidth) - half) <= 1e-4 * half)
    }
  }

  @Test("One seed gives a table without intervals")
  func oneSeed() throws {
    let run = try study.run(["--epochs", "1", "--seeds", "1", "--noise", "uniform:0.5@input"])
    #expect(run.exitCode == 0)
    let cells = try tableRows(of: run.output).flatMap(\.cells)
    #expect(cells.count == 10)
    #expect(cells.allSatisfy { !$0.contains("±") })
    #expect(run.output.contains("One seed gives no interval"))
  }

  @Test("The digits as a file of one's own give the numbers of the embedded ones")
  func ownFile() throws {
    let digits = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/DitherData/Resources/digits.csv").path
    let arguments = ["--epochs", "1", "--seeds", "1", "--noise", "saltpepper:0.2@input"]
    let embedded = try study.run(arguments)
    let own = try study.run(arguments + ["--data", digits])
    #expect(own.exitCode == 0)
    #expect(own.output.contains("digits.csv"))
    let cells = try [embedded, own].map { try tableRows(of: $0.output).map(\.cells) }
    #expect(cells[0] == cells[1])
  }

  @Test("A terminal is shown a bar")
  func progress() throws {
    let run = try study.run(
      ["--epochs", "1", "--seeds", "2", "--noise", "lognormal:0.5@output"],
      terminal: try Terminal())
    #expect(run.exitCode == 0)
    #expect(run.error.contains("0 of 4 networks"))
    #expect(run.error.contains("4 of 4 networks"))
    #expect(run.error.contains("\r\u{1B}[KTrained 4 networks in "))
  }

  @Test("--help says how, with an example")
  func help() throws {
    let run = try study.run(["--help"])
    #expect(run.exitCode == 0)
    for text in ["--data", "--json", "gaussian:S@SITE", "NoiseStudy --noise gaussian:0.3@input"] {
      #expect(run.output.contains(text))
    }
  }

  /// The study that `make demo` runs: some twenty seconds of one core where the Swift code is not optimised.
  @Test("The plain network reads clean digits, and noise on the input makes one hold up")
  func standardStudy() throws {
    let scratch = try Scratch()
    let json = scratch.path("study.json")
    let run = try study.run(["--json", json])
    #expect(run.exitCode == 0)
    let results = try StudyResults(at: json)
    let plain = results.networks[0]
    #expect(plain.noise == nil)
    #expect(plain.accuracy[0].testNoise == 0)
    #expect(plain.accuracy[0].mean >= 96)
    let difference = results.comparison.difference
    #expect(results.comparison.noise == "gaussian:0.4@input")
    #expect(difference.testNoise == 0.4)
    #expect(difference.seeds.count == 5)
    #expect(difference.mean - (try #require(difference.halfWidth)) > 5)
    let readme = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../README.md").standardizedFileURL
    #expect(try String(contentsOf: readme, encoding: .utf8).contains(run.output), "README's table")
  }
}
