import ArgumentParser
import DitherTraining
import NoiseDistributions

/// `dither evaluate`: how well a run's network answers.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score a trained network on labelled data.",
    usage: """
      dither evaluate <folder> --data <path> [options]
      dither evaluate <folder> --images <file> --labels <file> [options]
      """,
    discussion: """
      Prints the accuracy with its 95 % interval of Wilson, the mean cross-entropy, the expected calibration error in 15 bins, and \
      how often each class was taken for each.

      EXAMPLES
        dither evaluate runs/mnist --images t10k-images --labels t10k-labels
        dither evaluate runs/iris --data more.csv --noise 'adding(gaussian:0.5)' --seed 3
        dither evaluate runs/mnist --data digits.csv --samples 20 --json

      NOISE
      \(Catalogs.help)
      """)

  @Argument(help: "The folder of a run.", completion: .directory)
  var folder: String

  @OptionGroup(title: "Data") var data: DataOptions

  @Option(
    help: ArgumentHelp(
      "Noise on the inputs, after they are normalised. May be repeated.", valueName: "rule"))
  var noise: [String] = []

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

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let location = try data.requireLocation()
    let rules = try inputNoise()
    if let samples, !(1...100_000).contains(samples) {
      throw UsageError("--samples is \(samples); expected 1 to 100000")
    }
    try onThreads(threads) {
      let run = try TrainedRun(at: folder, last: last)
      var format = run.preprocessing.format
      format.override(by: data.settings)
      let read = try format.labelledData(at: location)
      let prepared = try run.preprocessing(read)
      let outputs = run.outputs(prepared.inputs, rules: rules, samples: samples, seed: seed)
      var report = EvaluationReport(run, prepared, outputs)
      report.noise = noise
      report.samples = samples
      report.seed = noise.isEmpty && samples == nil ? nil : seed
      if json {
        print(String(decoding: jsonBytes(report), as: UTF8.self), terminator: "")
      } else {
        print(report.text)
      }
    }
  }

  private func inputNoise() throws(UsageError) -> [NoiseRule] {
    var rules: [NoiseRule] = []
    for text in noise {
      let rule: NoiseRule
      do throws(NoiseTextError) {
        rule = try Catalogs.noise.rule(text)
      } catch {
        throw UsageError("--noise: \(error)")
      }
      if rule.learnedScale != nil || rule.countsTrueSamplesAlone {
        throw UsageError(
          "--noise is \(rule); expected a scale that is fixed, scheduled, or relative to the signal"
        )
      }
      rules.append(rule)
    }
    return rules
  }
}
