import Foundation
import TestSupport
import Testing

@Suite("dither inspect")
struct InspectTests {
  @Test("A model and a file of weights are shown in 80 columns")
  func files() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed([
      "train", "--data", "points.csv", "--hidden", "8", "--epochs", "1", "--output", "run",
    ])
    let model = try command.succeed(["inspect", "run/model.json"])
    for text in ["Sequential", "[1, 8]", "ReLU", "total"] { #expect(model.contains(text)) }
    let weights = try command.succeed(["inspect", "run/checkpoints/latest.safetensors"])
    for text in ["0.weight", "F32", "[8, 2]", "dither.step", "#optimizer"] {
      #expect(weights.contains(text))
    }
    for line in (model + weights).split(separator: "\n") { #expect(line.count <= 80) }
  }

  @Test("A run that has lost its configuration is no folder of classes")
  func withoutConfiguration() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed([
      "train", "--data", "points.csv", "--epochs", "1", "--output", "run",
    ])
    try FileManager.default.removeItem(atPath: command.scratch.path("run/configuration.json"))
    try command.fail(["inspect", "run"], code: 1, saying: ["run: no run is there"])
  }

  @Test("Many classes give the most frequent confusions alone, in 80 columns")
  func manyClasses() throws {
    let command = try Command()
    let rows = (0..<120).map { "\($0 % 7),\($0 % 30),\($0 % 40)" }
    _ = try command.scratch.write(rows.joined(separator: "\n"), to: "many.csv")
    try command.succeed(["train", "--data", "many.csv", "--epochs", "1", "--output", "run"])
    let score = try command.succeed(["evaluate", "run", "--data", "many.csv"])
    #expect(score.contains("actual  predicted  rows"))
    for line in score.split(separator: "\n") { #expect(line.count <= 80) }
  }
}
