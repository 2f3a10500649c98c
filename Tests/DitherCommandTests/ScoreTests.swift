import Foundation
import TestSupport
import Testing

@Suite("Scores that are true")
struct ScoreTests {
  private static let train = [
    "train", "--data", "points.csv", "--hidden", "none", "--epochs", "60", "--batch", "10",
    "--learning-rate", "0.3", "--output", "run",
  ]

  @Test("Outputs that are no numbers are no answers")
  func outputs() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed(Self.train + ["--normalization", "none"])
    _ = try command.scratch.write("3e38,0,1\n0,3e38,2\n", to: "far.csv")
    for arguments in [
      ["evaluate"], ["evaluate", "--json"], ["predict"], ["predict", "--samples", "2"],
    ] {
      try command.fail(
        arguments + ["run", "--data", "far.csv"], code: 1,
        saying: ["far.csv, row 0", "outputs that are not finite"])
    }
    try command.fail(
      ["evaluate", "run", "--data", "points.csv", "--noise", "adding(gaussian:3e38)"], code: 1,
      saying: ["points.csv, row", "noisy inputs that are not finite"])
  }

  @Test("Inputs that are no numbers once they are normalised are refused")
  func inputs() throws {
    let command = try Command()
    let rows = (0..<30).map { "\(Float($0 % 3) / 100),\($0 % 3)" }
    _ = try command.scratch.write(rows.joined(separator: "\n"), to: "points.csv")
    try command.succeed(Self.train)
    _ = try command.scratch.write("0.01,1\n3e38,1\n", to: "far.csv")
    try command.fail(
      ["evaluate", "run", "--data", "far.csv"], code: 1,
      saying: ["far.csv, row 1", "normalised inputs that are not finite"])
  }

  @Test("Columns are found by their names; others are refused")
  func columns() throws {
    let command = try Command()
    try command.writeTable(header: true)
    try command.succeed(Self.train + ["--header"])
    var lines = ["width,height,kind"]
    for line in try command.text("points.csv").split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",")
      lines.append("\(fields[1]),\(fields[0]),\(fields[2])")
    }
    _ = try command.scratch.write(lines.joined(separator: "\n"), to: "turned.csv")
    for arguments in [["predict", "run", "--data"], ["evaluate", "run", "--json", "--data"]] {
      let straight = try command.succeed(arguments + ["points.csv"])
      let turned = try command.succeed(arguments + ["turned.csv"])
      #expect(turned.replacing("turned.csv", with: "points.csv") == straight)
    }
    lines[0] = "width,depth,kind"
    _ = try command.scratch.write(lines.joined(separator: "\n"), to: "other.csv")
    for arguments in [
      ["evaluate", "run", "--data", "other.csv"], ["predict", "run", "--data", "other.csv"],
      [
        "train", "--data", "points.csv", "--header", "--validation-data", "other.csv", "--output",
        "second",
      ],
    ] {
      try command.fail(arguments, code: 1, saying: ["other.csv", "feature 2", "depth", "width"])
    }
  }

  @Test("Without a label a table of one column, of many numbers, and of categories is read")
  func unlabelled() throws {
    let command = try Command()
    let rows = (0..<60).map { "\($0 % 3 * 4)" }
    _ = try command.scratch.write(
      rows.enumerated().map { "\($1),\($0 % 3)" }.joined(separator: "\n"), to: "points.csv")
    _ = try command.scratch.write(rows.joined(separator: "\n"), to: "new.csv")
    try command.succeed(Self.train)
    let answers = try command.succeed(["predict", "run", "--data", "new.csv", "--unlabelled"])
    #expect(try answers == command.succeed(["predict", "run", "--data", "points.csv"]))
    try command.fail(
      ["predict", "run", "--data", "new.csv"], code: 1, saying: ["new.csv, line 1", "--unlabelled"])
    _ = try command.scratch.write("1\n0x10\n", to: "bad.csv")
    try command.fail(
      ["predict", "run", "--data", "bad.csv", "--unlabelled"], code: 1,
      saying: ["bad.csv, line 2, column 1", "0x10"])

    let colours = ["red", "green", "blue"]
    let table = (0..<60).map { "\(colours[$0 % 3]),\($0 % 7),\($0 % 3)" }
    _ = try command.scratch.write("c,x,y\n" + table.joined(separator: "\n"), to: "colours.csv")
    _ = try command.scratch.write(
      "c,x\n" + table.map { String($0.dropLast(2)) }.joined(separator: "\n"), to: "plain.csv")
    try command.succeed([
      "train", "--data", "colours.csv", "--header", "--category-column", "c", "--epochs", "2",
      "--output", "coloured",
    ])
    #expect(
      try command.succeed(["predict", "coloured", "--data", "plain.csv", "--unlabelled"])
        == command.succeed(["predict", "coloured", "--data", "colours.csv"]))
  }

  @Test("Noise that follows the steps is that of the network's last step, or refused")
  func schedules() throws {
    let command = try Command()
    try command.writeTable()
    // After its 360 steps the noise has gone.
    try command.succeed(
      Self.train + ["--noise", "input=adding(gaussian:1,scale=linear:9,0,300)"])
    func loss(_ arguments: [String]) throws -> Double {
      let json = try command.succeed(
        ["evaluate", "run", "--data", "points.csv", "--json"] + arguments)
      return try JSONDecoder().decode(RoundTripTests.Report.self, from: Data(json.utf8)).loss
    }
    #expect(abs(try loss(["--samples", "3"]) - loss([])) < 1e-5)
    try command.fail(
      [
        "evaluate", "run", "--data", "points.csv", "--noise",
        "adding(gaussian:1,scale=linear:9,0,300)",
      ], code: 64, saying: ["--noise", "steps"])
  }

  @Test("A missing label and bytes that are no UTF-8 make no class")
  func labels() throws {
    let command = try Command()
    _ = try command.scratch.write("1,a\n2,b\n3,\n", to: "points.csv")
    try command.fail(Self.train, code: 1, saying: ["points.csv, line 3, column 2", "no label"])
    try Data([0x31, 0x2C, 0xE9, 0x0A, 0x32, 0x2C, 0xE8, 0x0A]).write(
      to: command.scratch.url.appending(path: "points.csv"))
    try command.fail(Self.train, code: 1, saying: ["points.csv, line 1, column 2", "UTF-8"])
  }
}
