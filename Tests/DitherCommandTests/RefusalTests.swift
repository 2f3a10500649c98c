import Foundation
import TestSupport
import Testing

@Suite("What dither cannot use")
struct RefusalTests {
  private static let train = ["train", "--output", "run", "--data", "points.csv"]

  @Test(
    "Settings out of range or without sense are refused with code 64, before anything is written",
    arguments: [
      (["--epochs=-1"], ["--epochs", "-1", "0 to"]),
      (["--epochs", "many"], ["--epochs", "many"]),
      (["--batch", "0"], ["--batch", "0", "1 to"]),
      (["--speed", "9"], ["--speed"]),
      (["--hidden", "8,x"], ["--hidden", "8,x"]),
      (["--hidden", "0"], ["--hidden", "0", "1 to"]),
      (["--activation", "rleu"], ["--activation", "rleu", "one of relu"]),
      (["--dropout", "1.5"], ["--dropout", "1.5", "0…1"]),
      (["--noise", "dropout:0.2"], ["--noise", "SITE=RULE"]),
      (["--noise", "input=droput:0.2"], ["droput", "a rule: dropout"]),
      (["--noise", "9.input=dropout:0.2"], ["9.input", "0.input, 2.input"]),
      (["--noise", "middle=dropout:0.2"], ["middle", "hidden.SITE"]),
      (["--optimizer", "adamm"], ["adamm", "adam,"]),
      (["--momentum", "0.9"], ["--momentum", "adamw", "sgd, rmsprop"]),
      (["--learning-rate=-1"], ["--learning-rate", "-1"]),
      (["--learning-rate", "nan"], ["--learning-rate", "nan"]),
      (["--schedule", "cosine:0.1,0"], ["--schedule", "cosine:from,to,over"]),
      (["--schedule", "linear:0.1,-1,5"], ["--schedule", "-1.0"]),
      (["--schedule", "constant:1", "--learning-rate", "1"], ["--schedule", "--learning-rate"]),
      (["--gradient-noise", "adding(gaussian:1,scale=learned:1)"], ["--gradient-noise", "fixed"]),
      (["--images", "x"], ["--data", "--images"]),
      (["--validation-fraction", "1"], ["--validation-fraction", "less than 1"]),
      (["--patience", "2", "--validation-fraction", "0"], ["--patience", "validation"]),
      (["--threads", "0"], ["--threads", "1 to"]),
      (["--label-column", "kind"], ["--label-column", "--header"]),
      (["--category-column", "kind"], ["--category-column", "--header"]),
      (["--hidden-norm", "batch", "--batch", "53"], ["--batch 53", "BatchNorm", "one row"]),
      (["--model", "m.json", "--hidden", "3"], ["--model", "--hidden"]),
    ])
  func settings(arguments: [String], phrases: [String]) throws {
    let command = try Command()
    try command.writeTable()
    try command.fail(Self.train + arguments, code: 64, saying: phrases)
    #expect(try command.scratch.names == ["points.csv"])
  }

  @Test(
    "A configuration that is none is refused with code 64",
    arguments: [
      ("{\"epohcs\": 3}", ["c.json, byte 1", "epohcs", "epochs"]),
      ("{\"epochs\": \"three\"}", ["c.json, byte 11", "epochs is \"three\"", "whole number"]),
      ("{\"epochs\": 3", ["c.json, byte 12", "the end"]),
      ("[]", ["c.json, byte 0", "an object"]),
      ("", ["c.json, byte 0", "the end"]),
      ("{\"hidden\": [3, null]}", ["c.json", "hidden", "null"]),
      ("{\"hidden\": [16.5]}", ["c.json, byte 11", "hidden is [16.5]", "list of whole numbers"]),
      ("{\"hidden\": \"16\"}", ["hidden is \"16\"", "list of whole numbers"]),
      ("{\"noise\": \"input=dropout:0.1\"}", ["noise is", "list of texts"]),
      ("{\"batch\": 2.5}", ["c.json, byte 10", "batch is 2.5", "whole number"]),
      ("{\"batch\": 1e30}", ["batch is 1e30", "whole number"]),
      ("{\"learningRate\": 1e400}", ["learningRate is 1e400", "a number"]),
      ("{\"header\": 1}", ["header is 1", "true or false"]),
      ("{\"data\": 3}", ["data is 3", "text in quotes"]),
      ("{\"epochs\": -3}", ["--epochs", "-3"]),
      ("{\"seed\": -1}", ["seed is -1", "whole number from 0"]),
      ("{\"seed\": 18446744073709551616}", ["seed is 18446744073709551616", "whole number"]),
      ("{\"epochs\": 3} more", ["c.json, byte 14", "more", "nothing more"]),
      ("{\"epochs\": 3,}", ["c.json, byte 13", "a name in quotes"]),
      ("{\"epochs\": 3, \"epochs\": 4}", ["c.json, byte 14", "once more"]),
      ("{\"epochs\": 3 /* few */}", ["c.json, byte 13", "few"]),
      (String(repeating: "[", count: 100_000), ["c.json"]),
    ])
  func configuration(text: String, phrases: [String]) throws {
    let command = try Command()
    try command.writeTable()
    _ = try command.scratch.write(text, to: "c.json")
    try command.fail(Self.train + ["--configuration", "c.json"], code: 64, saying: phrases)
    #expect(try command.scratch.names == ["c.json", "points.csv"])
  }

  @Test(
    "A model that is none, or does not fit, is refused with code 1",
    arguments: [
      ("{", ["m.json", "byte 1"]),
      ("{\"layer\": \"Liner\", \"inputs\": 2}", ["m.json", "Liner", "Linear"]),
      ("{\"layer\": \"Linear\", \"inputs\": 2}", ["m.json", "outputs", "missing"]),
      (
        "{\"layer\": \"Linear\", \"inputs\": 4, \"outputs\": 3}",
        ["points.csv", "[54, 2]", "[rows, 4]"]
      ),
      (
        "{\"layer\": \"Linear\", \"inputs\": 2, \"outputs\": 2}",
        ["points.csv", "3 classes", "[rows, 2]"]
      ),
      (
        "{\"layer\": \"Sequential\", \"layers\": [{\"layer\": \"Linear\", \"inputs\": 2, \"outputs\": 5}, {\"layer\": \"Linear\", \"inputs\": 4, \"outputs\": 3}]}",
        ["m.json", "\"1\"", "[rows, 4]", "[rows, 5]"]
      ),
      (
        "{\"layer\": \"Residual\", \"inner\": {\"layer\": \"Linear\", \"inputs\": 2, \"outputs\": 3}}",
        ["m.json", "Residual", "[rows, 2]"]
      ),
      (
        "{\"layer\": \"BatchNorm\", \"features\": 2000000000}",
        ["m.json", "parameters", "GB"]
      ),
      (
        "{\"layer\": \"Linear\", \"inputs\": 2, \"outputs\": 3, \"outputNoise\": [\"dropout:2\"]}",
        ["m.json", "dropout", "0…1"]
      ),
      (String(repeating: "{\"layer\":[", count: 5000), ["m.json"]),
    ])
  func model(text: String, phrases: [String]) throws {
    let command = try Command()
    try command.writeTable()
    _ = try command.scratch.write(text, to: "m.json")
    try command.fail(Self.train + ["--model", "m.json"], code: 1, saying: phrases)
    #expect(try command.scratch.names == ["m.json", "points.csv"])
  }

  @Test(
    "Data that cannot be used are refused with code 1, the file and the line",
    arguments: [
      (nil, ["points.csv", "no such file"]),
      ("", ["points.csv", "empty"]),
      ("1,2,0\n1,2\n", ["points.csv, line 2", "2 columns", "3"]),
      ("1,2,0\n1,two,1\n", ["points.csv, line 2, column 2", "two"]),
      ("1,2,0\n3,4,0\n", ["1 class"]),
      ("1,2,3\n3,4,3\n", ["1 class"]),
      ("1,2,0.5\n", ["points.csv, line 1", "0.5", "whole"]),
    ] as [(String?, [String])])
  func data(text: String?, phrases: [String]) throws {
    let command = try Command()
    if let text { _ = try command.scratch.write(text, to: "points.csv") }
    try command.fail(Self.train, code: 1, saying: phrases)
    #expect(try !command.scratch.names.contains("run"))
  }

  @Test("A folder that cannot be written is found before training")
  func unwritable() throws {
    let command = try Command()
    try command.writeTable()
    _ = try command.scratch.write("", to: "file")
    try command.fail(
      ["train", "--data", "points.csv", "--epochs", "1000000", "--output", "file/run"], code: 1,
      saying: ["file/run", "cannot be written"])
    try command.fail(
      ["train", "--data", "points.csv", "--output", "file"], code: 64, saying: ["no folder"])
  }

  @Test("Other data than a run's, another run, and a run that is damaged are refused")
  func runs() throws {
    let command = try Command()
    try command.writeTable()
    try command.succeed(Self.train + ["--epochs", "1", "--hidden", "none"])
    _ = try command.scratch.write("1,2,3,0\n4,5,6,1\n", to: "wide.csv")
    try command.fail(
      ["evaluate", "run", "--data", "wide.csv"], code: 1,
      saying: ["wide.csv", "[2, 3]", "[rows, 2]"])
    _ = try command.scratch.write("1,2,3\n", to: "classes.csv")
    try command.fail(
      ["evaluate", "run", "--data", "classes.csv"], code: 1,
      saying: ["classes.csv, line 1", "3", "0 to 2"])
    try command.fail(["evaluate", "run"], code: 64, saying: ["--data"])
    try command.fail(
      ["evaluate", "nothing", "--data", "points.csv"], code: 1, saying: ["nothing", "no run"])
    try command.fail(
      ["evaluate", "run", "--data", "points.csv", "--noise", "adding(gausian:1)"], code: 64,
      saying: ["gausian", "gaussian"])
    try command.fail(
      ["predict", "run", "--data", "points.csv", "--output", "nowhere/p.csv"], code: 64,
      saying: ["--output", "nowhere"])
    try command.fail(["inspect", "nothing"], code: 1, saying: ["nothing", "no such file"])

    let preprocessing = try command.bytes("run/preprocessing.json")
    let text = String(decoding: preprocessing, as: UTF8.self)
    _ = try command.scratch.write(
      text.replacing("\"features\" : 2", with: "\"features\" : 3"), to: "run/preprocessing.json")
    try command.fail(
      ["evaluate", "run", "--data", "points.csv"], code: 1, saying: ["preprocessing.json"])
    _ = try command.scratch.write(text, to: "run/preprocessing.json")
    _ = try command.scratch.write("no tensors", to: "run/checkpoints/latest.safetensors")
    try command.fail(
      ["evaluate", "run", "--data", "points.csv"], code: 1, saying: ["latest.safetensors"])
    try command.fail(
      ["inspect", "run/checkpoints/latest.safetensors"], code: 1, saying: ["latest.safetensors"])
  }
}
