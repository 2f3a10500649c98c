import Foundation
import TestSupport
import Testing

@Suite("Evaluation under noise")
struct NoiseTests {
  private func trained() throws -> Command {
    let command = try Command()
    try command.writeTable()
    try command.succeed([
      "train", "--data", "points.csv", "--hidden", "8", "--dropout", "0.3", "--epochs", "20",
      "--batch", "10", "--learning-rate", "0.01", "--output", "run",
    ])
    return command
  }

  private func loss(_ command: Command, _ arguments: [String]) throws -> Double {
    let json = try command.succeed(
      ["evaluate", "run", "--data", "points.csv", "--json"] + arguments)
    return try JSONDecoder().decode(RoundTripTests.Report.self, from: Data(json.utf8)).loss
  }

  @Test("Noise is a function of its seed, and strong noise costs accuracy")
  func seeds() throws {
    let command = try trained()
    let noise = ["--noise", "adding(pinkNoise:1)"]
    let one = try loss(command, noise)
    #expect(try loss(command, noise + ["--seed", "0", "--threads", "1"]) == one)
    #expect(try loss(command, noise + ["--seed", "1"]) != one)
    #expect(try loss(command, ["--noise", "adding(cauchy:20)"]) > loss(command, []))
  }

  @Test("The mean over noisy passes is another than the pass without noise, and comes near it")
  func samples() throws {
    let command = try trained()
    let exact = try loss(command, [])
    let sampled = try loss(command, ["--samples", "50"])
    #expect(sampled != exact)
    #expect(try loss(command, ["--samples", "50"]) == sampled)
    #expect(abs(sampled - exact) < 0.2)
    let predictions = try command.succeed([
      "predict", "run", "--data", "points.csv", "--samples", "50",
    ])
    for line in predictions.split(separator: "\n").dropFirst() {
      let sum = line.split(separator: ",").dropFirst(2).reduce(0) { $0 + (Double($1) ?? .nan) }
      #expect(abs(sum - 1) < 1e-5)
    }
  }
}
