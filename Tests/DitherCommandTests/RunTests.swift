import DitherTraining
import Foundation
import TestSupport
import Testing

@Suite("Runs that go on, end early, or are damaged")
struct RunTests {
  private static let train = ["train", "--output", "run", "--data", "points.csv", "--hidden", "4"]

  @Test("A run goes on with its own validation data, columns and classes alone")
  func sameData() throws {
    let command = try Command()
    let names = ["round", "flat", "tall"]
    try command.writeTable(header: true, labels: names)
    try command.writeTable("check.csv", rows: 30, header: true, labels: names)
    try command.succeed(
      Self.train + ["--header", "--validation-data", "check.csv", "--epochs", "1"])
    let (points, check) = (try command.text("points.csv"), try command.text("check.csv"))
    let resume = ["train", "--resume", "run", "--epochs", "2"]
    _ = try command.scratch.write(check.replacing("flat", with: "tall"), to: "check.csv")
    try command.fail(resume, code: 1, saying: ["check.csv", "validation rows", "checksum"])
    _ = try command.scratch.write(check, to: "check.csv")

    func rename(_ old: String, _ new: String) throws {
      _ = try command.scratch.write(points.replacing(old, with: new), to: "points.csv")
      _ = try command.scratch.write(check.replacing(old, with: new), to: "check.csv")
    }
    try rename("width", "depth")
    try command.fail(resume, code: 1, saying: ["points.csv", "columns", "depth", "width"])
    try rename("flat", "thin")
    try command.fail(resume, code: 1, saying: ["points.csv", "classes", "thin", "flat"])
    try rename("flat", "flat")
    try command.succeed(resume)
  }

  @Test("A run goes on with its own model and settings alone")
  func sameSettings() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed(Self.train + ["--epochs", "1", "--label-smoothing", "0.1"])
    let resume = ["train", "--resume", "run", "--epochs", "2"]
    for (file, old, new) in [
      ("model.json", #""ReLU""#, #""Tanh""#),
      ("configuration.json", #""labelSmoothing" : 0.1"#, #""labelSmoothing" : 0.2"#),
    ] {
      let text = try command.text("run/\(file)")
      try #require(text.contains(old))
      _ = try command.scratch.write(text.replacing(old, with: new), to: "run/\(file)")
      try command.fail(resume, code: 1, saying: [file, new, old, "as the run's checkpoint has it"])
      _ = try command.scratch.write(text, to: "run/\(file)")
    }
    try command.succeed(resume)
  }

  @Test("A run without a checkpoint begins anew, and says so")
  func noCheckpoint() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed(Self.train + ["--epochs", "1"])
    try FileManager.default.removeItem(atPath: command.scratch.path("run/checkpoints"))
    let outcome = try command.run(["train", "--resume", "run"])
    #expect(outcome.exitCode == 0 && outcome.error.contains("no checkpoint is there"))
  }

  @Test("A limit of the files' size is an error that is said, and what was saved before stays")
  func fileSize() throws {
    let command = try Command()
    try command.writeTable()
    let outcome = try command.shell(
      "ulimit -f 4; exec \"$0\" train --data points.csv --hidden 500 --epochs 1 --output run")
    #expect(outcome.exitCode == 1 && outcome.error.contains("run/checkpoints"))
  }

  @Test("A run does not end before the place where it stands")
  func fewerEpochs() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed(Self.train + ["--epochs", "5"])
    let before = try command.bytes("run/configuration.json")
    try command.fail(
      ["train", "--resume", "run", "--epochs", "3"], code: 64, saying: ["--epochs is 3", "5 at"])
    #expect(try command.bytes("run/configuration.json") == before)
  }

  @Test("A request to end saves as Control-C does")
  func terminated() throws {
    let command = try Command()
    try command.writeTable()
    let outcome = try command.run(
      Self.train + ["--epochs", "100000", "--save-every", "100000"]
    ) { process in
      let log = URL(filePath: command.scratch.path("run/log.jsonl"))
      while process.isRunning, (try? Data(contentsOf: log))?.isEmpty != false { usleep(2000) }
      process.terminate()
    }
    #expect(outcome.exitCode == 130)
    #expect(outcome.error.contains("dither train --resume run"))
    let saved = try CheckpointFolder(command.scratch.path("run/checkpoints")).load().checkpoint
    #expect(saved.epoch > 0)
  }

  @Test("One training at a time works in a folder")
  func lock() throws {
    let command = try Command()
    try command.writeTable()
    let outcome = try command.run(Self.train + ["--epochs", "100000"]) { process in
      let log = URL(filePath: command.scratch.path("run/log.jsonl"))
      while process.isRunning, (try? Data(contentsOf: log))?.isEmpty != false { usleep(2000) }
      defer { process.interrupt() }
      for arguments in [Self.train + ["--overwrite"], ["train", "--resume", "run"]] {
        try command.fail(arguments, code: 64, saying: ["run", "another training"])
      }
    }
    #expect(outcome.exitCode == 130)
    try command.succeed(Self.train + ["--overwrite", "--epochs", "1"])
  }

  @Test("A run whose numbers have no end keeps no state of no use, and says what is there")
  func divergence() throws {
    let command = try Command()
    try command.writeTable()
    let steep = ["--activation", "leaky-relu", "--optimizer", "sgd", "--batch", "10"]
    try command.fail(
      Self.train + steep + ["--learning-rate", "1e30"], code: 1,
      saying: ["epoch 1", "run: it has no checkpoint", "--learning-rate"])
    try command.fail(
      ["evaluate", "run", "--data", "points.csv"], code: 1, saying: ["no checkpoint"])
    // Of six steps an epoch; in the second the rate rises above 1.
    try command.fail(
      Self.train + steep + ["--overwrite", "--schedule", "exponential:1e-37,1e38,12"], code: 1,
      saying: ["epoch 2", "its checkpoint is of step 6"])
    try command.succeed(["evaluate", "run", "--data", "points.csv"])
  }

  @Test("A model without parameters is refused, and leaves no folder")
  func noParameters() throws {
    let command = try Command()
    let rows = (0..<30).map { "\($0 % 3),\($0 % 5),\($0 % 7),\($0 % 3)" }
    _ = try command.scratch.write(rows.joined(separator: "\n"), to: "points.csv")
    for layer in ["ReLU", "Softmax"] {
      _ = try command.scratch.write("{\"layer\": \"\(layer)\"}", to: "m.json")
      try command.fail(
        ["train", "--output", "run", "--data", "points.csv", "--model", "m.json"], code: 1,
        saying: ["m.json", "no parameters"])
    }
    #expect(try command.scratch.names == ["m.json", "points.csv"])
  }

  @Test("The epoch of a score is that of the best epoch, from 1")
  func bestEpoch() throws {
    let command = try Command()
    let rows = (0..<60).map { "\($0 * 7 % 11),\($0 * 5 % 13),\($0 * $0 / 7 % 3)" }
    _ = try command.scratch.write(rows.joined(separator: "\n"), to: "points.csv")
    let trained = try command.succeed(
      Self.train + ["--epochs", "200", "--patience", "2", "--validation-fraction", "0.3"])
    struct Score: Decodable {
      var epoch: Int
    }
    let json = try command.succeed(["evaluate", "run", "--data", "points.csv", "--json"])
    let epoch = try JSONDecoder().decode(Score.self, from: Data(json.utf8)).epoch
    #expect(trained.contains("the best is epoch \(epoch)\n"))
  }

  @Test("A seed beside a configuration is that of all that follows it")
  func seeds() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed(Self.train + ["--epochs", "1", "--noise-seed", "7"])
    try command.succeed([
      "train", "--configuration", "run/configuration.json", "--seed", "2", "--output", "second",
    ])
    let read = try JSONSerialization.jsonObject(with: command.bytes("second/configuration.json"))
    let settings = try #require(read as? [String: Any])
    #expect(settings["seed"] as? Int == 2)
    #expect(settings["splitSeed"] as? Int == 2)
    #expect(settings["noiseSeed"] as? Int == 7)
  }

  @Test("The smoothed loss of the validation rows is called that")
  func smoothed() throws {
    let command = try Command()
    try command.writeTable()
    let trained = try command.succeed(
      Self.train + ["--epochs", "1", "--label-smoothing", "0.1"])
    #expect(trained.contains("validation loss, smoothed"))
    #expect(
      try command.succeed(["inspect", "run"]).contains("validation loss, smoothed"))
  }
}
