import ArgumentParser
import DitherRuntime
import DitherTraining
import Foundation

/// `dither study`: which noise, where, and how much makes a network hold up.
struct StudyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract: "Find which noise, where and how much makes a network hold up on your own data.",
    usage: """
      dither study [--data <path>] [--output <folder>] [options]
      dither study --images <file> --labels <file> [options]
      """,
    discussion: """
      Trains networks with each family of noise, at each site and several scales, keeps the better ones for longer trainings, and \
      compares what is left with no noise, clean and under test noise, on validation rows. What it recommends is tested once on rows \
      that nothing was chosen by. Without data it studies 1,797 handwritten digits that come with the program.

      The folder gets report.html, study.json, curves.csv, search.csv, and in run the network, as evaluate and predict take it. A \
      study that was interrupted goes on when the same command is given again.

      EXAMPLES
        dither study
        dither study --data iris.csv --header --hidden 16 --output studies/iris
        dither study --images train-images --labels train-labels \\
            --test-images t10k-images --test-labels t10k-labels --epochs 5
        dither study --families gaussian,dropout --sites input,hidden \\
            --test-noise salt-and-pepper:0.1 --output studies/pixels

      FAMILIES, each of one number S
      \(StudyFamily.help(\.explanation))

      SITES
      \(StudySite.help(\.explanation))

      A scale at the input is in units of the inputs as the network takes them, normalised to the standard deviation 1 unless \
      --normalization says otherwise; one at a weight or a bias in units of them too.

      The learning rate falls to 0 along a cosine over each training, from 0.003 of adamw, where no --schedule says otherwise.
      """)

  @Option(
    help: ArgumentHelp(
      "The folder of the study: a new one, or that of the same study.",
      valueName: "folder"),
    completion: .directory)
  var output = "study"

  @Flag(
    help: "Begin anew, in the place of what is in the folder of this study or another.")
  var overwrite = false

  @OptionGroup(title: "Study") var study: StudyOptions
  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Data of training") var preparation: PreparationOptions
  @OptionGroup(title: "Data of the test") var test: TestDataOptions
  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Optimizer") var optimizer: OptimizerOptions

  func run() async throws {
    let settings = try settings()
    try require(study.threads, in: 1...Execution.maximumThreads, RunSettings.CodingKeys.threads)
    try await withThreads(study.threads ?? Execution.current.threads) {
      try await run(settings)
    }
  }

  private func run(_ settings: StudySettings) async throws {
    let folder = StudyFolder(path: output)
    try folder.requireUsable()
    let study = try Study(settings, in: folder, command: command)
    let lock = try folder.begin(study.texts, overwriting: overwrite)
    defer { withExtendedLifetime(lock) {} }
    let progress = StudyProgress()
    do {
      let report = try await Interrupt.observed { try await study.run(progress) }
      try StandardStreams.print(StudyText(report: report, page: folder.page).text)
    } catch is StudyProgress.Interrupted {
      progress.finish()
      StandardStreams.note("Interrupted. Go on with: \(command)")
      throw ExitCode(TrainCommand.interrupted)
    }
  }

  private func settings() throws -> StudySettings {
    var training = Configuration()
    training.data = preparation.settings(data)
    training.model = network.settings
    training.optimizer = optimizer.settings
    training.run = RunSettings(
      epochs: study.epochs ?? StudyOptions.epochs, batch: study.batch ?? StudyOptions.batch,
      seed: study.seed)
    if try training.data.location == nil {
      if test.testData != nil || test.testImages != nil {
        throw UsageError("test data without data; expected --data, or --images and --labels")
      }
      training.data.data = DataLocation.nameOfDigits
    }
    training.data.validationFraction = 0
    if optimizer.learningRate == nil, optimizer.schedule == nil,
      try training.optimizer.kind == .adamw
    {
      training.optimizer.learningRate = StudyOptions.learningRate
    }
    try training.resolve()
    return try study.settings(training, test)
  }

  /// The program's arguments as a shell takes them, so that what they say again goes on with what is there.
  private var command: String {
    let arguments = CommandLine.arguments.dropFirst().filter { $0 != "--overwrite" }
    return (["dither"] + arguments).map(shellQuoted).joined(separator: " ")
  }
}

extension CaseIterable where Self: RawRepresentable<String> {
  /// A line for each case.
  fileprivate static func help(_ explanation: (Self) -> String) -> String {
    let width = allCases.map(\.rawValue.count).max() ?? 0
    return allCases.map { name in
      let padding = String(repeating: " ", count: width - name.rawValue.count)
      return "  \(name.rawValue)\(padding)  \(explanation(name))"
    }.joined(separator: "\n")
  }
}
