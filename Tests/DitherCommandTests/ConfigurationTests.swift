import DitherTensors
import DitherTraining
import Foundation
import TestSupport
import Testing

@Suite("Configurations and runs that are repeated")
struct ConfigurationTests {
  private static let settings = [
    "--data", "points.csv", "--hidden", "8", "--epochs", "3", "--batch", "10", "--dropout", "0.2",
    "--noise", "hidden.weight=adding(studentT:5,0.05)", "--gradient-noise",
    "adding(gaussian:0.01)", "--schedule", "cosine:0.01,0.001,15", "--warm-up", "4", "--clip", "1",
  ]

  private func tensors(_ command: Command, _ run: String) throws -> Checkpoint {
    try CheckpointFolder(command.scratch.path("\(run)/checkpoints")).load().checkpoint
  }

  private func expectSameWeights(
    _ command: Command, _ runs: (String, String), sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let (one, two) = (try tensors(command, runs.0), try tensors(command, runs.1))
    #expect(one.step == two.step, sourceLocation: sourceLocation)
    #expect(one.tensors.keys.sorted() == two.tensors.keys.sorted(), sourceLocation: sourceLocation)
    #expect(!one.tensors.isEmpty, sourceLocation: sourceLocation)
    for (name, tensor) in one.tensors {
      #expect(
        two.tensors[name]?.isBitwiseEqual(to: tensor) == true, "\(name)",
        sourceLocation: sourceLocation)
    }
  }

  @Test("A run's configuration gives the same run again, to the bit, whatever the threads")
  func again() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed(["train", "--output", "one"] + Self.settings)
    try command.succeed([
      "train", "--configuration", "one/configuration.json", "--output", "two",
    ])
    for name in ["configuration.json", "model.json", "preprocessing.json"] {
      #expect(try command.bytes("one/\(name)") == command.bytes("two/\(name)"))
    }
    try expectSameWeights(command, ("one", "two"))
    try command.succeed([
      "train", "--configuration", "one/configuration.json", "--threads", "1", "--output", "three",
    ])
    try expectSameWeights(command, ("one", "three"))
    #expect(try command.bytes("one/model.json").contains("weightNoise".utf8))
  }

  @Test("Options override a configuration, and another seed gives another run")
  func override() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed(
      ["train", "--write-configuration", "settings.json", "--epochs", "7"] + Self.settings)
    #expect(try command.scratch.names == ["points.csv", "settings.json"])
    try command.succeed([
      "train", "--configuration", "settings.json", "--epochs", "2", "--learning-rate", "0.02",
      "--noise", "input=dropout:0.1", "--seed", "5", "--output", "run",
    ])
    let read = try JSONSerialization.jsonObject(with: command.bytes("run/configuration.json"))
    let settings = try #require(read as? [String: Any])
    #expect(settings["epochs"] as? Int == 2)
    #expect(settings["batch"] as? Int == 10)
    #expect(settings["learningRate"] as? Double == 0.02)
    #expect(settings["schedule"] == nil)
    #expect(settings["noise"] as? [String] == ["input=dropout:0.1"])
    #expect(settings["seed"] as? Int == 5)
    #expect(try command.bytes("run/log.jsonl").filter { $0 == UInt8(ascii: "\n") }.count == 2)
  }

  @Test("An interrupted run, resumed, ends with the bits of one that never stopped")
  func resume() throws {
    let command = try Command()
    try command.writeTable()
    let settings = Self.settings + ["--epochs", "250", "--save-every", "100"]
    try command.succeed(["train", "--output", "whole"] + settings)
    let interrupted = try command.run(["train", "--output", "parts"] + settings) { process in
      let log = command.scratch.path("parts/log.jsonl")
      while process.isRunning, (try? Data(contentsOf: URL(filePath: log)))?.isEmpty != false {
        usleep(2000)
      }
      process.interrupt()
    }
    #expect(interrupted.exitCode == 130)
    #expect(interrupted.output.isEmpty)
    #expect(interrupted.error.contains("Interrupted after step"))
    #expect(interrupted.error.contains("dither train --resume parts"))
    let done = try tensors(command, "parts")
    let whole = try tensors(command, "whole")
    #expect(done.step > 0)
    #expect(done.step < whole.step)
    try command.fail(
      ["train", "--resume", "parts", "--batch", "5"], code: 64, saying: ["--resume", "batch"])
    try command.succeed(["train", "--resume", "parts", "--threads", "1"])
    try expectSameWeights(command, ("whole", "parts"))
    // With other data it would not be the same run.
    try command.writeTable(rows: 59)
    try command.fail(
      ["train", "--resume", "parts"], code: 1, saying: ["points.csv", "checksum"])
  }

  @Test("A longer run is a shorter one, resumed")
  func longer() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed(["train", "--output", "long"] + Self.settings + ["--epochs", "5"])
    try command.succeed(["train", "--output", "short"] + Self.settings + ["--epochs", "2"])
    try command.succeed(["train", "--resume", "short", "--epochs", "5"])
    try expectSameWeights(command, ("long", "short"))
    #expect(
      try command.bytes("long/configuration.json") == command.bytes("short/configuration.json"))
  }

  @Test("A run is not overwritten without being asked for")
  func overwrite() throws {
    let command = try Command()
    try command.writeTable()
    let arguments = ["train", "--output", "run", "--data", "points.csv", "--epochs", "1"]
    try command.succeed(arguments)
    let before = try command.bytes("run/checkpoints/latest.safetensors")
    try command.fail(arguments, code: 64, saying: ["run", "--resume run", "--overwrite"])
    #expect(try command.bytes("run/checkpoints/latest.safetensors") == before)
    try command.succeed(arguments + ["--overwrite", "--seed", "9"])
    #expect(try command.bytes("run/checkpoints/latest.safetensors") != before)
    try FileManager.default.createDirectory(
      at: command.scratch.url.appending(path: "other"), withIntermediateDirectories: true)
    _ = try command.scratch.write("mine", to: "other/notes.txt")
    try command.fail(
      ["train", "--output", "other", "--data", "points.csv", "--overwrite"], code: 64,
      saying: ["other", "files in it"])
  }

  @Test("Early stopping ends the run, and evaluation takes the best epoch or the last")
  func earlyStopping() throws {
    let command = try Command()
    // Labels that are learned by heart, if at all.
    let rows = (0..<60).map { "\($0 * 7 % 11),\($0 * 5 % 13),\($0 * $0 / 7 % 3)" }
    _ = try command.scratch.write(rows.joined(separator: "\n"), to: "points.csv")
    let output = try command.succeed([
      "train", "--output", "run", "--data", "points.csv", "--epochs", "300", "--patience", "3",
      "--learning-rate", "0.03", "--validation-fraction", "0.3",
    ])
    #expect(output.contains("stopped early, the best is epoch"))
    let checkpoint = try tensors(command, "run")
    #expect(checkpoint.epoch < 300)
    let best = try command.succeed(["evaluate", "run", "--data", "points.csv", "--json"])
    let last = try command.succeed(["evaluate", "run", "--data", "points.csv", "--json", "--last"])
    let reports = try [best, last].map {
      try JSONDecoder().decode(RoundTripTests.Report.self, from: Data($0.utf8))
    }
    #expect(reports[0].loss != reports[1].loss)
  }
}
