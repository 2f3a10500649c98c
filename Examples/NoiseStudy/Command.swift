import ArgumentParser
import DitherRuntime
import ExampleSupport

/// What the command line says, checked before anything is trained.
struct Command: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "NoiseStudy",
    abstract: "Train a small network with and without noise; see which holds up under test noise.",
    discussion: """
      Prints the accuracy on clean test images and under growing Gaussian test noise, the mean over the \
      seeds with its 95 % interval. The numbers depend on nothing but the options: not on the threads.

      NOISE
      \(NoiseSpecification.choices)

      EXAMPLE
        NoiseStudy --noise gaussian:0.3@input --seeds 3 --json study.json
      """)

  @Option(
    help: ArgumentHelp(
      "A CSV file to train on instead of the handwritten digits: numbers, then the label 0…9 in each row; no header.",
      valueName: "file.csv"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "A noise to train with, such as gaussian:0.3@input. May be repeated. (default: \(Command.defaultNoise.joined(separator: ", ")))",
      valueName: "noise"))
  var noise: [String] = []

  @Option(help: ArgumentHelp("How often each network sees the training images.", valueName: "n"))
  var epochs = 60

  @Option(
    help: ArgumentHelp("How many networks to train with each noise: seeds 1…n.", valueName: "n"))
  var seeds = 5

  @Option(help: ArgumentHelp("The most threads to use. (default: all available)", valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("A file to write the results to as JSON.", valueName: "file.json"))
  var json: String?

  static let defaultNoise = [
    "gaussian:0.4@input", "gaussian:0.5@output", "dropout:0.2@output", "saltpepper:0.2@input",
    "lognormal:0.5@output",
  ]

  func run() async throws {
    try Self.require(epochs, in: 1...1_000_000, "--epochs")
    try Self.require(seeds, in: 1...10_000, "--seeds")
    let threads = self.threads ?? Execution.current.threads
    try Self.require(threads, in: 1...1024, "--threads")
    let noises = try NoiseSpecification.list(noise.isEmpty ? Self.defaultNoise : noise)
    let data = try self.data.map(StudyData.init(path:)) ?? StudyData.digits()
    let output = try json.map { try OutputFile(path: $0, option: "--json") }

    let study = Study(data: data, noises: noises, seeds: seeds, epochs: epochs)
    let progress = ProgressBar(total: study.trainings * epochs, unit: epochs, label: "networks")
    let report = StudyReport(study, await study.run(threads: threads, progress))
    progress.finish()
    print(report.text)
    try output?.write(report)
  }

  private static func require(_ value: Int, in range: ClosedRange<Int>, _ option: String) throws {
    guard range.contains(value) else {
      let expected = "\(range.lowerBound) to \(range.upperBound)"
      throw StudyError(message: "\(option) is \(value); expected \(expected)")
    }
  }
}
