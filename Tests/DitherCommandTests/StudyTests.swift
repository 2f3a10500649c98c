import DitherTraining
import Foundation
import TestSupport
import Testing

@Suite("What dither study finds")
struct StudyTests {
  @Test("The tables have the numbers of the JSON, and the parts of the JSON fit each other")
  func tables() throws {
    let command = try Command()
    try command.writeTable(rows: 90)
    let text = try command.succeed(Command.study)
    let report = try command.studyReport("study")
    #expect(report.data.trainingRows + report.data.validationRows + report.data.testRows == 90)
    #expect(report.data.testRows == 18)
    #expect(report.data.testRowsOfClasses == [6, 6, 6])
    #expect(report.search.epochsSpent <= report.search.budget)
    #expect(report.search.epochsSpent == report.search.trials.reduce(0) { $0 + $1.epochs })
    for sentence in report.recommendation.sentences { #expect(text.contains(sentence)) }
    #expect(text.contains("study/report.html"))
    // Shares are percentages, as on the page.
    let share = String(format: "%.1f", 100 * report.models[0].accuracy.value)
    let onTest = try #require(
      report.recommendation.sentences.first { $0.contains("test rows") })
    #expect(onTest.contains("without noise \(share) % ("))
    #expect(onTest.contains("Intervals here are of 95 %, over the test rows, of this one "))

    let curves = try rows("study/curves.csv", of: command)
    var expected: [[String]] = []
    for model in report.models {
      for (axis, curve) in zip(report.testNoises, model.curves) {
        #expect(curve.points.map(\.strength) == axis.strengths)
        for point in curve.points {
          let figures = [point.accuracy, point.loss, point.calibrationError]
          let fields = figures.flatMap { ["\($0.value)", "\($0.lower)", "\($0.upper)"] }
          let gain = point.gain.map { ["\($0.value)", "\($0.lower)", "\($0.upper)"] }
          expected.append(
            [model.name, "\(model.isRecommended)", axis.name, "\(point.strength)"] + fields
              + (gain ?? ["", "", ""]))
        }
      }
      // The confusion matrix has the accuracy.
      let confusion = model.cleanAnswers.confusion
      let right = confusion.indices.reduce(0) { $0 + confusion[$1][$1] }
      #expect(confusion.joined().reduce(0, +) == 18)
      #expect(abs(Double(right) / 18 - model.accuracy.value) < 1e-12)
    }
    #expect(Array(curves.dropFirst()) == expected)
    #expect(report.models[0].noise == nil && report.models.count > 2)

    let trials = try rows("study/search.csv", of: command).dropFirst()
    #expect(trials.count == report.search.trials.count)
    for (row, trial) in zip(trials, report.search.trials) {
      #expect(row[0] == trial.noise?.family ?? "none")
      #expect(row[2] == trial.noise.map { "\($0.scale)" } ?? "")
      #expect(row.suffix(2) == [trial.clean, trial.noisy].map { $0.map { "\($0)" } ?? "" })
    }
  }

  /// The fields of a table none of whose fields holds a quote.
  private func rows(_ name: String, of command: Command) throws -> [[String]] {
    try command.text(name).split(separator: "\n").map { line in
      var (fields, isQuoted) = ([""], false)
      for character in line {
        switch character {
        case "\"": isQuoted.toggle()
        case "," where !isQuoted: fields.append("")
        default: fields[fields.count - 1].append(character)
        }
      }
      return fields
    }
  }

  @Test("One thread and two come to the same numbers and weights")
  func threads() throws {
    let command = try Command()
    try command.writeTable(rows: 90)
    for threads in ["1", "2"] {
      try command.succeed(Command.study + ["--threads", threads, "--output", threads])
    }
    #expect(try command.studyNumbers("1") == command.studyNumbers("2"))
    for table in ["curves.csv", "search.csv"] {
      #expect(try command.bytes("1/\(table)") == command.bytes("2/\(table)"))
    }
    let weights = try ["1", "2"].map { folder in
      let folder = CheckpointFolder(command.scratch.path("\(folder)/run/checkpoints"))
      return try folder.load().checkpoint.tensors.mapValues(\.scalars)
    }
    #expect(weights[0] == weights[1])
    try command.succeed(Command.study + ["--seed", "1", "--output", "3"])
    #expect(try command.studyNumbers("1") != command.studyNumbers("3"))
  }

  @Test("Gradients are clipped in the search and in the network that is kept")
  func clipped() throws {
    let command = try Command()
    try command.writeTable(rows: 90)
    let study = Command.study + ["--optimizer", "sgd", "--learning-rate", "0.3"]
    try command.succeed(study + ["--output", "free"])
    try command.succeed(study + ["--clip", "1e-30", "--output", "clipped"])
    func scores(_ folder: String) throws -> [Double?] {
      try command.studyReport(folder).search.trials.filter { $0.replicate == 0 }.map(\.clean)
    }
    // What hardly moves scores the same with whatever noise.
    let clipped = try scores("clipped")
    #expect(clipped.count > 9 && Set(clipped).count == 1)
    #expect(try Set(scores("free")) != Set(clipped))
    // Biases begin at 0.
    let folder = CheckpointFolder(command.scratch.path("clipped/run/checkpoints"))
    let tensors = try folder.load().checkpoint.tensors
    let biases = tensors.filter { $0.key.hasSuffix("bias") }.values.flatMap(\.scalars)
    #expect(biases.count == 7 && biases.allSatisfy { abs($0) < 1e-20 })
  }

  @Test("Where test noise is next to nothing, no noise helps, and the network is that without")
  func noNoiseHelps() throws {
    let command = try Command()
    try command.writeTable(rows: 90)
    let text = try command.succeed(Command.study + ["--test-noise", "gaussian:0.0001"])
    #expect(text.contains("No noise helps here"))
    let report = try command.studyReport("study")
    #expect(report.recommendation.noise == nil)
    #expect(report.recommendation.noisyGain.lower <= 0)
    #expect(report.models.filter { $0.isRecommended }.map { $0.name } == ["no noise"])
    #expect(!(try command.text("study/run/model.json")).contains("Noise"))
  }

  @Test("The network is a run that evaluate, predict and inspect take")
  func run() throws {
    let command = try Command()
    try command.writeTable(rows: 90, header: true, labels: ["round", "flat", "tall"])
    try command.succeed(Command.study + ["--header"])
    #expect(try command.succeed(["inspect", "study/run"]).contains("2 of 2"))
    #expect(
      try command.succeed(["evaluate", "study/run", "--data", "points.csv"]).contains("tall"))
    let predicted = try command.succeed(["predict", "study/run", "--data", "points.csv"])
    #expect(predicted.split(separator: "\n").count == 91)
    try trainAgain(command)
    // 90 rows in batches of 16, twice.
    #expect(try command.text("again/configuration.json").contains("\"cosine:0.003,0,12\""))
    #expect(try step("again", of: command) == 12)
  }

  @Test("The run of a study without data is as good: its configuration names the digits")
  func runOfDigits() throws {
    let command = try Command()
    try command.succeed([
      "study", "--families", "dropout", "--sites", "input", "--hidden", "none", "--epochs", "1",
      "--test-fraction", "0.02",
    ])
    #expect(try command.succeed(["inspect", "study/run"]).contains("1 of 1"))
    let data = ["--data", "built-in:digits"]
    #expect(try command.succeed(["evaluate", "study/run"] + data).contains("1797"))
    let predicted = try command.succeed(["predict", "study/run"] + data)
    #expect(predicted.split(separator: "\n").count == 1798)
    try trainAgain(command)
    // 1,797 rows in batches of 64.
    #expect(try command.text("again/configuration.json").contains("\"cosine:0.003,0,29\""))
    #expect(try step("again", of: command) == 29)
  }

  private func trainAgain(_ command: Command) throws {
    try command.succeed([
      "train", "--configuration", "study/run/configuration.json", "--output", "again",
    ])
  }

  /// Where a run's training ended.
  private func step(_ run: String, of command: Command) throws -> Int {
    try CheckpointFolder(command.scratch.path("\(run)/checkpoints")).load().checkpoint.step
  }

  @Test(
    "On digits noise on the input helps under noise, and pictures are spoiled",
    .enabled(if: runsLongTests))
  func digits() throws {
    let command = try Command()
    let text = try command.succeed([
      "study", "--families", "gaussian", "--sites", "input", "--epochs", "20", "--hidden", "64",
      "--test-noise", "gaussian:1",
    ])
    #expect(text.contains("Train with gaussian at input, scale"))
    let report = try command.studyReport("study")
    let model = try #require(report.models.first { $0.isRecommended })
    let noise = try #require(report.recommendation.noise)
    #expect(noise.rule.hasPrefix("input=adding(gaussian:"))
    let scales = try #require(report.recommendation.scales)
    #expect(noise.scale == scales.best && model.noise?.scale == scales.best)
    #expect(noise.scale > scales.lower ?? 0 && noise.scale < scales.upper ?? .infinity)
    #expect(report.recommendation.noisyGain.lower > 0)
    #expect(try #require(model.curves[0].points[3].gain).lower > 0)
    #expect(report.models.allSatisfy { $0.corruptions?.names.count == 5 })
    #expect(try command.text("study/run/model.json").contains("inputNoise"))
  }
}
