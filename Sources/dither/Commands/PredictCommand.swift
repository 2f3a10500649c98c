import ArgumentParser
import DitherData
import DitherTensors

/// `dither predict`: what a run's network answers.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Print a trained network's classes and probabilities as CSV.",
    usage: """
      dither predict <folder> --data <path> [options]
      dither predict <folder> --images <file> [options]
      """,
    discussion: """
      A line for each row or file: its name, the class, and the probability of each class.

      EXAMPLES
        dither predict runs/iris --data new.csv --unlabelled
        dither predict runs/mnist --images t10k-images --output predictions.csv
        dither predict runs/words --data heard.wav
      """)

  @OptionGroup var use: UseOptions

  @Flag(
    help:
      "The CSV file has no label's column; the files of the folder are in no sub-folders. (--labels is never needed.)"
  )
  var unlabelled = false

  @Option(
    help: ArgumentHelp(
      "The file to write, whole or not at all. (default: standard output)", valueName: "file.csv"),
    completion: .file(extensions: ["csv"]))
  var output: String?

  func run() throws {
    let file = try output.map { try OutputFile(path: $0, flag: "--output") }
    try use.withRun { run, format, location in
      let read = try format.unlabelledData(at: location, hasLabels: !unlabelled)
      let hint =
        read.inputs.shape[1] + 1 == run.preprocessing.features
        ? "; without a label's column, --unlabelled" : ""
      let name = location.description
      let inputs = try run.preprocessing(
        read.inputs, columns: read.featureNames, name: name, hint: hint)
      let outputs = try run.outputs(inputs, of: name, samples: use.samples, seed: use.seed)
      let table = Predictions(
        names: read.names, kind: read.kind, classes: run.preprocessing.classNames,
        probabilities: outputs.softmax())
      if let file { try file.write(table.csv) } else { try StandardStreams.print(table.csv) }
    }
  }
}
