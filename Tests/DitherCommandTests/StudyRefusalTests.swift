import Foundation
import TestSupport
import Testing

@Suite("What dither study cannot use")
struct StudyRefusalTests {
  @Test(
    "Settings without sense are refused with code 64, before anything is written",
    arguments: [
      (["--families", "gausian"], ["--families", "gausian", "one of gaussian"]),
      (["--families", "gaussian,gaussian"], ["--families", "each name once"]),
      (["--families", ""], ["--families", "one of"]),
      (["--sites", "output"], ["--sites", "output", "input, "]),
      (["--sites", "hidden", "--hidden", "none"], ["--sites has hidden", "but the last"]),
      (["--test-noise", "dropout:2"], ["--test-noise", "dropout:2", "at most 0.95"]),
      (["--test-noise", "gaussian:x"], ["--test-noise", "gaussian:SCALE"]),
      (["--test-noise", "gaussian:1e38"], ["--test-noise", "gaussian:1e+38", "1000 times"]),
      (["--test-noise", "hum"], ["--test-noise", "hum", "one of"]),
      (["--budget", "9"], ["--budget is 9", "at least"]),
      (["--epochs", "0"], ["--epochs", "0", "1 to"]),
      (["--folds", "1"], ["--folds", "1", "2 to"]),
      (["--threads", "0"], ["--threads", "1 to"]),
      (["--test-fraction", "1"], ["--test-fraction", "less than 1"]),
      (["--test-fraction", "0.1", "--test-data", "points.csv"], ["--test-fraction", "one of"]),
      (["--test-labels", "x"], ["--test-labels without --test-images"]),
      (["--clip", "0"], ["--clip is 0", "greater than 0"]),
      (["--hidden", "0"], ["--hidden", "0", "1 to"]),
      (["--optimizer", "adamm"], ["adamm", "adam,"]),
      (["--hidden-norm", "batch", "--batch", "56"], ["--batch 56", "BatchNorm"]),
      (["--noise", "input=dropout:0.1"], ["--noise"]),
    ])
  func settings(arguments: [String], phrases: [String]) throws {
    let command = try Command()
    try command.writeTable(rows: 90)
    try command.fail(Command.study + arguments, code: 64, saying: phrases)
    #expect(try command.scratch.names == ["points.csv"])
  }

  @Test("What a message advises is an option that a study has")
  func advice() throws {
    let command = try Command()
    try command.writeTable(rows: 90)
    let outcome = try command.run(Command.study + ["--hidden-norm", "batch", "--batch", "56"])
    #expect(outcome.error.contains("expected another batch"))
    #expect(!outcome.error.contains("--drop-incomplete"))
  }

  @Test("Options that would do nothing with the data are refused, as by train")
  func unused() throws {
    let command = try Command()
    try command.writeTable(rows: 90)
    try command.fail(["study", "--header"], code: 64, saying: ["--header", "a CSV file"])
    try command.fail(["study", "--test-data", "x"], code: 64, saying: ["without data"])
    for option in ["--filters", "--frames"] {
      try command.fail(
        Command.study + [option, "3"], code: 64, saying: [option, "points.csv", "recordings"])
    }
    #expect(try command.scratch.names == ["points.csv"])
  }

  @Test("Data that cannot be studied are refused with code 1, before anything is written")
  func data() throws {
    let command = try Command()
    try command.writeTable(rows: 90)
    func fail(_ text: String, _ arguments: [String] = [], saying phrases: [String]) throws {
      _ = try command.scratch.write(text, to: "points.csv")
      try command.fail(Command.study + arguments, code: 1, saying: ["points.csv"] + phrases)
      #expect(try command.scratch.names.filter { !$0.hasPrefix("p") && $0 != "m.json" } == [])
    }
    let points = try command.text("points.csv")
    try fail("1,2,0\n3,4,0\n5,6,0\n", saying: ["1 class", "2 classes"])
    let few = points.split(separator: "\n").prefix(9).joined(separator: "\n")
    try fail(few, ["--folds", "20"], saying: ["rows for 20 folds"])
    try fail("1,2,0\n3,4,1\n", saying: ["2 rows", "--test-fraction"])
    let same = (0..<30).map { "5,5,\($0 % 2)" }.joined(separator: "\n")
    try fail(same, ["--normalization", "none"], saying: ["all inputs are 5.0"])
    _ = try command.scratch.write(
      "{\"layer\": \"Linear\", \"inputs\": 3, \"outputs\": 3}", to: "m.json")
    _ = try command.scratch.write(points, to: "points.csv")
    let model = ["study", "--data", "points.csv", "--model", "m.json", "--sites", "input"]
    try command.fail(model, code: 1, saying: ["rows of 2 features", "expected 3", "m.json"])
    try command.fail(
      Command.study + ["--data", "none.csv"], code: 1, saying: ["none.csv"])
  }
}
