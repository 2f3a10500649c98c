import ArgumentParser
import ExampleSupport
import SpokenDigitsStudy

/// Trains networks on recordings of spoken digits with and without noise, and shows which hold up in noise that none was trained on.
@main
struct SpokenDigits: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "SpokenDigits",
    abstract: "Spoken digits: does noise in training help in noise that is met for the first time?",
    discussion: """
      Networks on log-mel features, trained without noise, with noise on the features, on the waveforms and in the \
      hidden layers; tested without noise, in white noise and in babble, by the official split and on speakers who did \
      not train. The numbers depend on nothing but the options and the recordings: not on the threads. \
      Of 2,500 recordings 6 seeds take about 8 minutes of processor time, with --choose 20.

      EXAMPLES
        SpokenDigits --seeds 5 --json docs/speech/test.json --plots docs/speech
        SpokenDigits --choose --seeds 2   compares settings on validation recordings
        SpokenDigits --read docs/speech/test.json   prints the tables again
      """)

  @Option(
    help: ArgumentHelp(
      "The Free Spoken Digit Dataset: the folder recordings, or the one that it is in.",
      valueName: "folder"))
  var data = "../shared/data/fsdd"

  @Option(help: ArgumentHelp("How often each network hears the recordings.", valueName: "n"))
  var epochs = SpeechStudy.epochs

  @Option(
    help: ArgumentHelp(
      "Of each digit and speaker only the recordings numbered below n, for a quick run.",
      valueName: "n"))
  var recordings: Int?

  @Flag(help: "Compare settings on validation recordings; the test recordings are not looked at.")
  var choose = false

  @Option(help: ArgumentHelp("A folder to draw the results in, as SVG.", valueName: "folder"))
  var plots: String?

  @OptionGroup var options: RunOptions

  func validate() throws {
    guard 1...1_000_000 ~= epochs else {
      throw ValidationError("--epochs is \(epochs); expected 1 to 1000000")
    }
    guard recordings.map({ $0 >= 11 }) ?? true else {
      throw ValidationError(
        "--recordings is \(recordings ?? 0); expected at least 11: 5 to test, 5 to choose by, the others to train"
      )
    }
    guard !choose || plots == nil else {
      throw ValidationError("--plots with --choose; expected one of them")
    }
  }

  func run() async throws {
    if choose {
      try await options.report { try await study().choose(threads: options.threadCount) }
    } else {
      let folder = try plots.map { try OutputFolder(path: $0, option: "--plots") }
      let report = try await options.report {
        try await study().test(threads: options.threadCount)
      }
      if let folder { try report.writePlots(to: folder) }
    }
  }

  private func study() throws -> SpeechStudy {
    SpeechStudy(
      try SpeechCorpus(contentsOf: data, below: recordings), seeds: options.allSeeds,
      epochs: epochs)
  }
}
