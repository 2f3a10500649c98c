import DitherData
import DitherTensors
import Foundation
import TestSupport
import Testing

@Suite("Recordings, and runs that are damaged")
struct DamagedRunTests {
  /// Two classes that differ in their first hundredth of a second alone.
  private func writeRecordings(_ command: Command) throws {
    for (name, period) in [("high", 8), ("low", 40)] {
      let folder = command.scratch.url.appending(path: "sounds/\(name)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for take in 0..<6 {
        let samples = (0..<800).map { index in
          index < 80 ? Float((index + take) % period) / Float(period) - 0.5 : 0
        }
        try Recording(samples: Tensor(samples, shape: [1, samples.count]), sampleRate: 8000)
          .write(toWAV: folder.appending(path: "\(take).wav").path)
      }
    }
  }

  private static let train = [
    "train", "--data", "sounds", "--filters", "10", "--hidden", "8", "--epochs", "60",
    "--learning-rate", "0.02", "--output", "run",
  ]

  @Test("The first frame of a recording is heard, where it is the only one that is kept")
  func firstFrame() throws {
    let command = try Command()
    try writeRecordings(command)
    try command.succeed(Self.train + ["--frames", "1"])
    let score = try command.succeed(["evaluate", "run", "--data", "sounds"])
    #expect(score.contains("100.0 %"))
  }

  @Test("Files and folders that are no recordings of a class are named")
  func folders() throws {
    let command = try Command()
    try writeRecordings(command)
    let none = command.scratch.url.appending(path: "sounds/none")
    try FileManager.default.createDirectory(at: none, withIntermediateDirectories: true)
    try command.fail(Self.train, code: 1, saying: ["sounds/none", "no files"])
    try FileManager.default.removeItem(at: none)
    _ = try command.scratch.write("text", to: "sounds/low/notes.txt")
    try command.fail(Self.train, code: 1, saying: ["sounds/low/notes.txt", "WAV"])
    try FileManager.default.removeItem(atPath: command.scratch.path("sounds/low/notes.txt"))
    try command.fail(
      ["train", "--data", "sounds/low", "--output", "run"], code: 1,
      saying: ["sounds/low", "no sub-folders"])
    try command.succeed(Self.train)
    try command.fail(
      ["predict", "run", "--data", "sounds/low"], code: 1,
      saying: ["sounds/low", "no sub-folders", "--unlabelled"])
    try Recording(samples: Tensor(zeros: [1, 0]), sampleRate: 8000).write(
      toWAV: command.scratch.path("none.wav"))
    try command.fail(
      ["predict", "run", "--data", "none.wav"], code: 1, saying: ["none.wav", "no samples"])
    try command.fail(
      ["predict", "run", "--data", "sounds", "--unlabelled"], code: 1,
      saying: ["sounds: no files", "--unlabelled"])
  }

  @Test("A configuration.json that is damaged is no setting of the user's")
  func configuration() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed([
      "train", "--data", "points.csv", "--epochs", "1", "--output", "run",
    ])
    for text in ["{}", "{\"data\": \"points.csv\", \"optimizer\": \"sgd\", \"beta1\": 0.9}"] {
      _ = try command.scratch.write(text, to: "run/configuration.json")
      for arguments in [
        ["evaluate", "run", "--data", "points.csv"], ["inspect", "run"],
        ["train", "--resume", "run"],
      ] {
        try command.fail(arguments, code: 1, saying: ["run/configuration.json: "])
      }
    }
  }

  @Test("The checkpoint before the newest is not taken in silence")
  func previous() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed([
      "train", "--data", "points.csv", "--epochs", "2", "--output", "run",
    ])
    try FileManager.default.removeItem(
      atPath: command.scratch.path("run/checkpoints/latest.safetensors"))
    let outcome = try command.run(["evaluate", "run", "--data", "points.csv"])
    #expect(outcome.exitCode == 0)
    #expect(outcome.error.contains("latest.safetensors: no such file"))
    #expect(outcome.error.contains("The checkpoint before it is used."))
  }

  @Test("A preprocessing.json that is damaged is refused, whatever is in it")
  func preprocessing() throws {
    let command = try Command()
    try writeRecordings(command)
    try command.succeed(Self.train)
    let whole = try JSONSerialization.jsonObject(with: command.bytes("run/preprocessing.json"))
    func damage(_ change: (inout [String: Any]) -> Void) throws {
      var contents = try #require(whole as? [String: Any])
      var format = try #require(contents["format"] as? [String: Any])
      change(&format)
      contents["format"] = format
      try JSONSerialization.data(withJSONObject: contents).write(
        to: URL(filePath: command.scratch.path("run/preprocessing.json")))
    }
    func refuse(_ phrases: [String]) throws {
      for arguments in [
        ["evaluate", "run", "--data", "sounds"], ["predict", "run", "--data", "sounds"],
      ] {
        try command.fail(arguments, code: 1, saying: phrases)
      }
    }
    for filters in [0, -3, 1_000_000_000_000] {
      try damage {
        $0["sound"] = nil
        $0["filters"] = filters
      }
      try refuse(["preprocessing.json", "filters"])
    }
    try damage {
      $0["sound"] = nil
      $0["frames"] = 1_000_000_000_000
    }
    try refuse(["preprocessing.json", "frames"])
    try damage { $0["sound"] = nil }
    try refuse(["sounds/high/0.wav", "no sound"])
    try damage { _ in }
    try command.succeed(["evaluate", "run", "--data", "sounds"])
    _ = try command.scratch.write("{\"epochs\": \"x\"}", to: "run/configuration.json")
    try refuse(["run/configuration.json", "epochs is \"x\""])
  }
}
