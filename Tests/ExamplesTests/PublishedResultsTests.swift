import Foundation
import TestSupport
import Testing

@Suite("PublishedResults: classifiers, and the page of all results")
struct PublishedResultsTests {
  private let results = Executable(name: "PublishedResults")
  private static let docs = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../docs").standardizedFileURL

  private struct Setting: Decodable, Equatable {
    var learningRate: Double
    var inputNoise: Double
    var hiddenNoise: Double
    var maximumRowNorm: Double?
    var epochs: Int
  }

  private struct Figures: Decodable {
    var seeds: [Double]
    var mean: Double
    var halfWidth: Double?
  }

  private struct Row: Decodable {
    var regularizer: String
    var setting: Setting
    var error: Figures
    var difference: Figures?
  }

  private struct Report: Decodable {
    var training: Int
    var rows: [Row]
  }

  private struct FashionReport: Decodable {
    var training: Int
    var test: Int
    var setting: Setting
    var accuracy: Figures
  }

  private func decoded<Value: Decodable>(_ path: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// Two classes that their first two pixels tell apart, ten rows each.
  private func images(in scratch: Scratch) throws -> String {
    let rows = (0..<20).map { row in
      row < 10 ? "\(200 + row),0,\(row * 9),0" : "0,\(180 + row),\(row * 5),1"
    }
    return try scratch.write(rows.joined(separator: "\n") + "\n", to: "images.csv")
  }

  private func tinyStudy(_ scratch: Scratch) throws -> [String] {
    [
      "dropout", "--data", try images(in: scratch), "--epochs", "3", "--units", "8", "--seeds", "2",
    ]
  }

  private func tinyRun(
    _ scratch: Scratch, name: String, more: [String] = []
  ) throws -> Executable.Outcome {
    try results.run(
      tinyStudy(scratch) + ["--threads", "1", "--json", scratch.path(name)] + more)
  }

  @Test("A short run gives the same figures again, on two threads too, and its file prints them")
  func sameFigures() throws {
    let scratch = try Scratch()
    try withExtendedLifetime(scratch) {
      _ = try expectSameOnThreads(tinyStudy(scratch))
    }
  }

  @Test("Errors are those of each kind of noise, and differences are paired by seed")
  func differences() throws {
    let scratch = try Scratch()
    _ = try tinyRun(scratch, name: "run.json")
    let report: Report = try decoded(scratch.path("run.json"))
    #expect(report.training == 12)
    #expect(
      report.rows.map(\.regularizer)
        == ["none", "dropout", "gaussianDropout", "dropConnect", "inputNoise"])
    let plain = try #require(report.rows.first).error.seeds
    for row in report.rows {
      // Of 4 test images.
      #expect(row.error.seeds.allSatisfy { $0 >= 0 && $0 <= 100 && $0 / 25 == ($0 / 25).rounded() })
      let difference = try #require(row.difference)
      #expect(difference.seeds == zip(row.error.seeds, plain).map { $0 - $1 })
      #expect(difference.mean == difference.seeds.reduce(0, +) / 2)
      #expect(row.setting.epochs == 3)
    }
  }

  @Test("Each network is saved as a checkpoint with the description of its noise")
  func models() throws {
    let scratch = try Scratch()
    _ = try tinyRun(scratch, name: "run.json", more: ["--models", scratch.path("models")])
    let noise = [
      "none-1": nil, "dropout-2": "dropout", "gaussianDropout-1": "gaussianDropout",
      "dropConnect-2": "weightNoise", "inputNoise-1": "gaussian",
    ]
    for (name, word) in noise {
      let description = try String(
        contentsOfFile: scratch.path("models/\(name)/model.json"), encoding: .utf8)
      #expect(description.contains("\"Sequential\""))
      #expect(description.contains("Noise") == (word != nil))
      if let word { #expect(description.contains(word)) }
      let checkpoint = try Data(
        contentsOf: URL(
          fileURLWithPath: scratch.path("models/\(name)/checkpoints/latest.safetensors")))
      #expect(checkpoint.range(of: Data("0.weight".utf8)) != nil)
    }
  }

  @Test("--choose compares settings on validation images, then longer runs of the best")
  func grid() throws {
    let scratch = try Scratch()
    let run = try tinyRun(scratch, name: "grid.json", more: ["--choose"])
    #expect(run.exitCode == 0, "\(run.error)")
    let grid: Report = try decoded(scratch.path("grid.json"))
    let kinds = Dictionary(grouping: grid.rows, by: \.regularizer)
    #expect(kinds.count == 5)
    for rows in kinds.values {
      let (short, long) = (rows.dropLast(), try #require(rows.last))
      #expect(short.count >= 4 && short.allSatisfy { $0.setting.epochs == 3 })
      #expect(long.setting.epochs == 6)
      let best = try #require(short.min { $0.error.mean < $1.error.mean })
      var longer = best.setting
      longer.epochs = 6
      #expect(long.setting == longer)
    }
    #expect(run.output.components(separatedBy: "**").count == 11)
  }

  @Test("A short run on IDX files reads both parts")
  func fashion() throws {
    let scratch = try Scratch()
    for (part, count) in [("train", 24), ("t10k", 10)] {
      let pixels = (0..<count).flatMap { row -> [UInt8] in
        row % 2 == 0 ? [250, 0, UInt8(row), 9] : [0, 240, UInt8(row), 7]
      }
      let size = UInt8(count)
      let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, size, 0, 0, 0, 2, 0, 0, 0, 2] + pixels
      let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, size] + (0..<count).map { UInt8($0 % 2) }
      try Data(images).write(to: scratch.url.appending(path: "\(part)-images-idx3-ubyte"))
      try Data(labels).write(to: scratch.url.appending(path: "\(part)-labels-idx1-ubyte"))
    }
    let arguments = [
      "fashion-mnist", "--data", scratch.url.path, "--epochs", "20", "--units", "16", "--seeds",
      "1", "--json", scratch.path("run.json"),
    ]
    let run = try results.run(arguments)
    #expect(run.exitCode == 0, "\(run.error)")
    #expect(run.error.isEmpty)
    let report: FashionReport = try decoded(scratch.path("run.json"))
    #expect(report.training == 24 && report.test == 10)
    #expect(report.accuracy.halfWidth == nil)
    #expect(report.accuracy.mean == 100)
    #expect(try results.run(arguments).output == run.output)
  }

  @Test("Numbers out of range, and a file that is not there, are refused by name")
  func badOptions() throws {
    for arguments in [
      ["dropout", "--seeds", "0"], ["dropout", "--units", "-1"], ["dropout", "--threads", "0"],
      ["fashion-mnist", "--epochs", "0"], ["dropout", "--data", "nowhere.csv"],
      ["fashion-mnist", "--data", "nowhere"],
    ] {
      let run = try results.run(arguments)
      #expect(run.exitCode != 0)
      #expect(run.output.isEmpty)
      #expect(run.error.contains(arguments[1].hasPrefix("--data") ? arguments[2] : arguments[1]))
    }
  }

  @Test(
    "docs/results.md has the tables of the files beside it",
    arguments: [
      ["dropout", "--read", "dropout.json"],
      ["dropout", "--choose", "--read", "dropout-validation.json"],
      ["fashion-mnist", "--read", "fashion-mnist.json"],
      ["fashion-mnist", "--choose", "--read", "fashion-mnist-validation.json"],
      ["exploration", "--read", "exploration.json"],
      ["gradient-noise", "--read", "gradient-noise.json"],
      ["gradient-noise", "--read", "gradient-noise-validation.json"],
    ])
  func page(arguments: [String]) throws {
    let file = Self.docs.appending(path: "results/\(arguments.last!)").path
    let run = try results.run(arguments.dropLast() + [file])
    #expect(run.exitCode == 0, "\(run.error)")
    #expect(!run.output.isEmpty)
    let page = try String(contentsOf: Self.docs.appending(path: "results.md"), encoding: .utf8)
    #expect(page.contains(run.output))
  }

  @Test("The test of each kind had the best settings of its validation")
  func chosen() throws {
    let folder = Self.docs.appending(path: "results")
    let grid: Report = try decoded(folder.appending(path: "dropout-validation.json").path)
    let report: Report = try decoded(folder.appending(path: "dropout.json").path)
    #expect(report.rows.count == 5)
    for row in report.rows {
      let compared = grid.rows.filter { $0.regularizer == row.regularizer }
      let best = try #require(compared.min { $0.error.mean < $1.error.mean })
      #expect(row.setting == best.setting)
      #expect(row.error.seeds.count >= 5)
    }
  }

  @Test("The test of Fashion-MNIST had the best rates of its validation")
  func chosenFashion() throws {
    let folder = Self.docs.appending(path: "results")
    let grid: Report = try decoded(folder.appending(path: "fashion-mnist-validation.json").path)
    let report: FashionReport = try decoded(folder.appending(path: "fashion-mnist.json").path)
    let best = try #require(grid.rows.min { $0.error.mean < $1.error.mean }).setting
    #expect(report.training == 60_000 && report.test == 10_000)
    #expect(report.setting == best)
  }
}
