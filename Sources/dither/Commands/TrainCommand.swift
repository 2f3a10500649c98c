import ArgumentParser
import DitherTraining
import Foundation

/// `dither train`: a run from settings, or the rest of one.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a classifier on your own data, with noise.",
    usage: """
      dither train --data <path> --output <folder> [options]
      dither train --images <file> --labels <file> --output <folder> [options]
      dither train --configuration <file.json> --output <folder> [options]
      dither train --resume <folder> [--epochs <n>] [--threads <n>]
      """,
    discussion: """
      The folder keeps the configuration, the model, how data are prepared, the checkpoints and a log of epochs. \
      Control-C saves and ends; --resume then comes to the same bits as a run that never stopped.

      EXAMPLES
        dither train --data iris.csv --header --hidden 16 --epochs 200 \\
            --output runs/iris
        dither train --images train-images --labels train-labels --hidden 800,800 \\
            --noise input=dropout:0.2 --dropout 0.5 --max-norm 3 --output runs/mnist
        dither train --data recordings --frames 50 --patience 10 --output runs/words
        dither train --configuration runs/iris/configuration.json --seed 2 \\
            --output runs/iris-2

      NOISE
      \(Catalogs.help) A scale may follow the steps: adding(gaussian:1,scale=linear:0.5,0,1000).
      """)

  @Option(
    help: ArgumentHelp("The folder of the run, which must be a new one.", valueName: "folder"),
    completion: .directory)
  var output: String?

  @Flag(help: "Let the run take the place of one that is in the folder.")
  var overwrite = false

  @Option(
    help: ArgumentHelp("Go on with the run of a folder.", valueName: "folder"),
    completion: .directory)
  var resume: String?

  @Option(
    name: .customLong("configuration"),
    help: ArgumentHelp(
      "A file of JSON with settings by the options' names in camel case; options beside it override it.",
      valueName: "file.json"),
    completion: .file(extensions: ["json"]))
  var configurationFile: String?

  @Option(
    help: ArgumentHelp(
      "Write all settings to a file of JSON, and train nothing.", valueName: "file.json"),
    completion: .file(extensions: ["json"]))
  var writeConfiguration: String?

  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Data of training") var trainingData: TrainingDataOptions
  @OptionGroup(title: "Network") var model: ModelOptions
  @OptionGroup(title: "Optimizer") var optimizer: OptimizerOptions
  @OptionGroup(title: "Run") var training: RunOptions

  func run() throws {
    if let resume { return try finish(resume) }
    var settings =
      try configurationFile.map { try Configuration(contentsOf: $0) } ?? Configuration()
    settings.override(by: flags)
    try settings.resolve()
    if let path = writeConfiguration {
      if output != nil {
        throw UsageError(
          "--output beside --write-configuration, which trains nothing; expected one of the two")
      }
      try OutputFile(path: path, flag: "--write-configuration").write(
        String(decoding: settings.json, as: UTF8.self))
      return
    }
    guard let output, !output.isEmpty else {
      throw UsageError("no --output; expected the folder of the run")
    }
    let folder = RunFolder(path: output)
    try folder.requireFree(overwriting: overwrite)
    try train(settings, folder) {
      try TrainingJob(new: settings, in: folder, overwriting: overwrite)
    }
  }

  /// What the options say.
  private var flags: Configuration {
    var flags = Configuration()
    flags.data = trainingData.settings(data)
    flags.model = model.settings
    flags.optimizer = optimizer.settings
    flags.run = training.settings
    return flags
  }

  /// The rest of a run, whose settings stay but for those that change no bit of what is already done.
  private func finish(_ path: String) throws {
    let other = output ?? configurationFile ?? writeConfiguration
    if let key = flags.named.subtracting(["epochs", "threads"]).min() {
      throw UsageError(
        "--resume beside \(key), which the run has; expected --epochs and --threads at most")
    }
    if other != nil || overwrite {
      throw UsageError("--resume beside another run; expected --epochs and --threads at most")
    }
    let folder = RunFolder(path: path)
    var settings = try folder.readConfiguration()
    settings.override(by: flags)
    try settings.resolve()
    try train(settings, folder) {
      let job = try TrainingJob(resuming: settings, in: folder)
      try folder.update(settings)
      return job
    }
  }

  private func train(
    _ settings: Configuration, _ folder: RunFolder, _ job: () throws -> TrainingJob
  ) throws {
    try onThreads(settings.run.threads) {
      let start = ContinuousClock.now
      let job = try job()
      let history = try job.train()
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      if history.outcome == .interrupted { throw ExitCode(Self.interrupted) }
      try StandardStreams.print(TrainingReport(job, history, seconds: seconds).text + "\n")
    }
  }

  /// What a shell has for a program that Control-C ended, whichever signal it was.
  static let interrupted: Int32 = 130
}
