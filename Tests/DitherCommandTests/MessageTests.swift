import DitherTensors
import Foundation
import TestSupport
import Testing

@Suite("Messages that say what to change")
struct MessageTests {
  private static let train = ["train", "--output", "run", "--data", "points.csv"]

  @Test(
    "A table that is written otherwise, or is none",
    arguments: [
      ("sl,sw,kind\n1,2,0\n", ["points.csv, line 1, column 1", "--header"]),
      ("1;2;0\n3;4;1\n", ["points.csv, line 1", "semicolons", "commas"]),
      ("1\t2\t0\n", ["points.csv, line 1", "tabs", "commas"]),
    ])
  func tables(text: String, phrases: [String]) throws {
    let command = try Command()
    _ = try command.scratch.write(text, to: "points.csv")
    try command.fail(Self.train, code: 1, saying: phrases)
  }

  @Test("Files of other kinds are called by what they are")
  func kinds() throws {
    let command = try Command()
    let path = command.scratch.path("points.csv")
    try Tensor(zeros: [4, 2]).write(toIDX: path, as: .uint8)
    try command.fail(Self.train, code: 64, saying: ["IDX", "--images"])
    try Tensor(zeros: [4, 2]).write(toNPY: path)
    try command.fail(Self.train, code: 64, saying: ["NPY", "--images"])
    try Data([0x1F, 0x8B, 8, 0]).write(to: URL(filePath: path))
    try command.fail(Self.train, code: 1, saying: ["points.csv", "gzip"])
    try command.fail(
      ["train", "--images", "points.csv", "--labels", "points.csv", "--output", "run"], code: 1,
      saying: ["points.csv", "gzip"])
    try Tensor(zeros: [4, 2]).write(toNPY: path)
    try Tensor([0, 1, 0, 1]).write(toNPY: command.scratch.path("labels"))
    try command.fail(
      [
        "train", "--images", "points.csv", "--labels", "labels", "--validation-images",
        "points.csv", "--output", "run",
      ], code: 64, saying: ["--validation-labels"])
  }

  @Test("Classes by number and by name, and noise where there is no layer for it")
  func settings() throws {
    let command = try Command()
    try command.writeTable(labels: ["a", "b", "c"])
    try command.fail(
      Self.train + ["--classes", "5"], code: 64, saying: ["--classes is 5", "label \"a\""])
    _ = try command.scratch.write(
      "{\"layer\": \"NoisyLinear\", \"inputs\": 2, \"outputs\": 3}", to: "m.json")
    try command.fail(
      Self.train + ["--model", "m.json", "--noise", "input=dropout:0.1"], code: 64,
      saying: ["--noise input=dropout:0.1", "no Linear layer"])
    try command.fail(
      Self.train + ["--learning-rate", "1e300"], code: 64, saying: ["--learning-rate", "3.4e38"])
  }

  @Test("A number below 0 is an option's value")
  func negative() throws {
    let command = try Command()
    try command.writeTable()
    try command.fail(
      Self.train + ["--clip", "-1"], code: 64, saying: ["--clip is -1.0; expected"])
    try command.fail(
      Self.train + ["--validation-fraction", "-.5"], code: 64,
      saying: ["--validation-fraction is -0.5; expected"])
  }

  @Test("Labels that are no numbers of classes are names; a class without rows is named")
  func labels() throws {
    let command = try Command()
    try command.writeTable(labels: ["-1", "1", "90210"])
    try command.succeed(Self.train + ["--epochs", "1"])
    let printed = try command.succeed(["predict", "run", "--data", "points.csv"])
    #expect(printed.hasPrefix("row,class,-1,1,90210\n"))
    try command.writeTable("counted.csv", labels: ["1", "2", "3"])
    let outcome = try command.run([
      "train", "--data", "counted.csv", "--epochs", "1", "--output", "second",
    ])
    #expect(outcome.exitCode == 0)
    #expect(outcome.error.hasPrefix("counted.csv: no row of class 0, of the 4 classes"))
    try command.writeTable(labels: ["a", "b", "c"])
    try command.fail(
      ["evaluate", "second", "--data", "points.csv"], code: 1,
      saying: ["points.csv, line 1", "\"a\"", "0 to 3"])
  }

  @Test("Options that would do nothing are refused")
  func useless() throws {
    let command = try Command()
    try command.writeTable()
    let options = [("--filters", "20"), ("--frames", "5")]
    for (option, value) in options {
      try command.fail(
        Self.train + [option, value], code: 64, saying: ["\(option) with points.csv"])
    }
    try command.fail(
      Self.train + ["--write-configuration", "c.json"], code: 64,
      saying: ["--output beside --write-configuration"])
    try command.succeed(Self.train + ["--epochs", "1"])
    try Tensor(zeros: [4, 2]).write(toNPY: command.scratch.path("inputs"))
    try command.fail(
      ["predict", "run", "--images", "inputs", "--header"], code: 64,
      saying: ["--header with inputs"])
    try command.fail(
      ["predict", "run", "--images", "inputs", "--label-column", "0"], code: 64,
      saying: ["--label-column with inputs"])
    try command.succeed(["predict", "run", "--images", "inputs"])
  }

  @Test("A column may be a number in a configuration")
  func column() throws {
    let command = try Command()
    _ = try command.scratch.write("0,1,2\n1,3,4\n0,5,6\n1,7,8\n", to: "points.csv")
    _ = try command.scratch.write("{\"labelColumn\": 0, \"epochs\": 1}", to: "c.json")
    try command.succeed(
      Self.train + ["--configuration", "c.json", "--validation-fraction", "0"])
    #expect(try command.text("run/configuration.json").contains("\"labelColumn\" : \"0\""))
  }

  @Test("A pipe and a file that may not be read are named, not waited for")
  func special() throws {
    let command = try Command()
    let outcome = try command.shell("mkfifo pipe && \"$0\" inspect pipe")
    #expect(outcome.exitCode == 1)
    #expect(outcome.error.contains("pipe: cannot be read (a pipe)"))
  }
}
