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

  @Argument(help: "The folder of a run.", completion: .directory)
  var folder: String

  @OptionGroup(title: "Data") var data: DataOptions

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

  @Option(
    help: ArgumentHelp(
      "Passes with the network's own noise, over whose probabilities the mean is taken.",
      valueName: "n"))
  var samples: Int?

  @Option(help: ArgumentHelp("Of the noise.", valueName: "n"))
  var seed: UInt64 = 0

  @Flag(help: "The weights of the last step, in the place of the best epoch's.")
  var last = false

  @Option(help: ArgumentHelp("The most threads to use. (default: all)", valueName: "n"))
  var threads: Int?

  func run() throws {
    let location = try data.requireLocation()
    let file = try output.map { try OutputFile(path: $0, flag: "--output") }
    if let samples, !(1...100_000).contains(samples) {
      throw UsageError("--samples is \(samples); expected 1 to 100000")
    }
    try onThreads(threads) {
      let run = try TrainedRun(at: folder, last: last)
      var format = run.preprocessing.format
      format.override(by: data.settings)
      let read = try format.unlabelledData(at: location, hasLabels: !unlabelled)
      let hint =
        read.inputs.shape[1] + 1 == run.preprocessing.features
        ? "; without a label's column, --unlabelled" : ""
      let inputs = try run.preprocessing(read.inputs, name: location.description, hint: hint)
      let outputs = run.outputs(inputs, samples: samples, seed: seed)
      let table = Predictions(
        names: read.names, kind: read.kind, classes: run.preprocessing.classNames,
        probabilities: outputs.softmax())
      if let file { try file.write(table.csv) } else { print(table.csv, terminator: "") }
    }
  }
}
