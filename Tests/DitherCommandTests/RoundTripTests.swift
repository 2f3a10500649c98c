import DitherData
import DitherTensors
import DitherTraining
import Foundation
import TestSupport
import Testing

@Suite("From data to predictions")
struct RoundTripTests {
  private static let kinds = ["round", "flat", "tall, \"thin\""]

  @Test("A table with names: trained, scored, predicted and shown")
  func table() throws {
    let command = try Command()
    try command.writeTable(header: true, labels: ["round", "flat", "\"tall, \"\"thin\"\"\""])
    let trained = try command.succeed([
      "train", "--data", "points.csv", "--header", "--label-column", "kind", "--hidden", "16",
      "--epochs", "30", "--batch", "16", "--learning-rate", "0.01", "--noise",
      "input=adding(gaussian:0.1)", "--output", "run",
    ])
    #expect(trained.contains("54 training rows, 6 validation rows\n"))
    #expect(trained.contains("validation accuracy"))
    #expect(
      try command.scratch.names == ["points.csv", "run"])
    let score = try command.succeed(["evaluate", "run", "--data", "points.csv"])
    #expect(score.contains("accuracy           100.0 % (94.0 to 100.0)"))
    for name in Self.kinds { #expect(score.contains(name)) }
    let predicted = try command.succeed(["predict", "run", "--data", "points.csv"])
    let lines = predicted.split(separator: "\n")
    #expect(lines[0] == "row,class,round,flat,\"tall, \"\"thin\"\"\"")
    #expect(lines.count == 61)
    for row in 0..<60 {
      let name = row % 3 == 2 ? "\"tall, \"\"thin\"\"\"" : Self.kinds[row % 3]
      #expect(lines[row + 1].hasPrefix("\(row),\(name),"))
    }
    let shown = try command.succeed(["inspect", "run"])
    for text in ["30 of 30", "Linear", "[1, 16]", "0.input   adding(Gaussian"] {
      #expect(shown.contains(text), "\(shown)")
    }
    let data = try command.succeed([
      "inspect", "points.csv", "--header", "--label-column", "kind",
    ])
    for text in ["height", "width", "33.3 %", "rows      60"] { #expect(data.contains(text)) }
  }

  @Test("Rows without labels get the predictions of the rows with them")
  func unlabelled() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed([
      "train", "--data", "points.csv", "--hidden", "8", "--epochs", "3", "--output", "run",
    ])
    let rows = (0..<60).map { Command.point($0) }.map { "\($0.0),\($0.1)" }
    _ = try command.scratch.write(rows.joined(separator: "\n"), to: "new.csv")
    let labelled = try command.succeed(["predict", "run", "--data", "points.csv"])
    let unlabelled = try command.succeed(["predict", "run", "--data", "new.csv", "--unlabelled"])
    #expect(labelled == unlabelled)
    let outcome = try command.run(["predict", "run", "--data", "new.csv"])
    #expect(outcome.exitCode == 1)
    #expect(outcome.error.contains("[60, 1]"))
    #expect(outcome.error.contains("[rows, 2]"))
    #expect(outcome.error.contains("--unlabelled"))
  }

  /// Images of 3 × 3 pixels, of which one column is bright.
  private func writeImages(_ command: Command, _ name: String, rows: Int) throws {
    var pixels: [Float] = []
    for row in 0..<rows {
      for pixel in 0..<9 {
        let isBright = pixel % 3 == row % 3
        pixels.append(Float(isBright ? 200 + (row * 7 + pixel) % 50 : (row * 5 + pixel * 3) % 60))
      }
    }
    try Tensor(pixels, shape: [rows, 3, 3]).write(
      toIDX: command.scratch.path("\(name)-images"), as: .uint8)
    try Tensor((0..<rows).map { Float($0 % 3) }).write(
      toIDX: command.scratch.path("\(name)-labels"), as: .uint8)
  }

  @Test("A pair of IDX files, and a model that is scored on other files of the kind")
  func images() throws {
    let command = try Command()
    try writeImages(command, "train", rows: 45)
    try writeImages(command, "test", rows: 21)
    try command.succeed([
      "train", "--images", "train-images", "--labels", "train-labels", "--validation-images",
      "test-images", "--validation-labels", "test-labels", "--hidden", "12", "--dropout", "0.1",
      "--hidden-norm", "layer", "--epochs", "40", "--batch", "9", "--optimizer", "sgd",
      "--learning-rate", "0.1", "--momentum", "0.9", "--max-norm", "3", "--output", "run",
    ])
    let json = try command.succeed([
      "evaluate", "run", "--images", "test-images", "--labels", "test-labels", "--json",
    ])
    let report = try JSONDecoder().decode(Report.self, from: Data(json.utf8))
    #expect(report.rows == 21)
    #expect(report.accuracy == 1)
    #expect(report.confusion == [[7, 0, 0], [0, 7, 0], [0, 0, 7]])
    // Wilson's, of 21 of 21: 1 / (1 + z² / 21).
    #expect(abs(report.interval[0] - 0.845361) < 1e-6)
    let printed = try command.succeed(["predict", "run", "--images", "test-images"])
    try command.succeed([
      "predict", "run", "--images", "test-images", "--output", "predictions.csv",
    ])
    #expect(String(decoding: try command.bytes("predictions.csv"), as: UTF8.self) == printed)
    let shown = try command.succeed(["inspect", "train-images"])
    #expect(shown.contains("[45, 3, 3]"))
  }

  struct Report: Decodable {
    var rows: Int
    var accuracy: Double
    var interval: [Double]
    var loss: Double
    var confusion: [[Int]]
  }

  @Test("The probabilities are those of the library's predict, to the last digit")
  func probabilities() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed([
      "train", "--data", "points.csv", "--hidden", "8,8", "--activation", "gelu", "--hidden-norm",
      "batch", "--epochs", "4", "--batch", "18", "--output", "run",
    ])
    let printed = try command.succeed(["predict", "run", "--data", "points.csv"])
    let (checkpoint, _) = try CheckpointFolder(command.scratch.path("run/checkpoints")).load()
    let data = try LabelledData(contentsOf: command.scratch.path("points.csv"))
    let (training, _) = data.stratifiedSplit(testFraction: 0.1, seed: 0)
    let inputs = Normalization(fittedTo: training.inputs)(data.inputs)
    let expected = predict(try checkpoint.makeModel(), inputs).softmax()
    let numbers = printed.split(separator: "\n").dropFirst().flatMap { line in
      line.split(separator: ",").dropFirst(2).map { Float($0) ?? .nan }
    }
    #expect(Tensor(numbers, shape: [60, 3]).isBitwiseEqual(to: expected))
  }

  @Test("Recordings in a folder a class")
  func recordings() throws {
    let command = try Command()
    for (name, period) in [("high", 10), ("low", 40)] {
      let folder = command.scratch.url.appending(path: "sounds/\(name)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for take in 0..<6 {
        let samples = (0..<(1600 + 100 * take)).map { index in
          Float((index + take) % period) / Float(period) - 0.5
        }
        try Recording(samples: Tensor(samples, shape: [1, samples.count]), sampleRate: 8000)
          .write(toWAV: folder.appending(path: "\(take).wav").path)
      }
    }
    try command.succeed([
      "train", "--data", "sounds", "--filters", "10", "--hidden", "8", "--epochs", "30",
      "--learning-rate", "0.01", "--output", "run",
    ])
    let score = try command.succeed(["evaluate", "run", "--data", "sounds"])
    #expect(score.contains("100.0 %"))
    let one = try command.succeed(["predict", "run", "--data", "sounds/low/3.wav"])
    #expect(one.hasPrefix("file,class,high,low\nsounds/low/3.wav,low,"))
    let all = try command.succeed(["predict", "run", "--data", "sounds/low", "--unlabelled"])
    #expect(all.split(separator: "\n").count == 7)
    try command.succeed([
      "train", "--data", "sounds", "--frames", "20", "--epochs", "1", "--output", "frames",
    ])
    #expect(try command.succeed(["inspect", "frames"]).contains("800"))
  }
}
