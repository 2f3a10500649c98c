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
        dither evaluate runs/iris --data more.csv \\
            --noise 'adding(gaussian:0.5)' --seed 3
        dither evaluate runs/mnist --data digits.csv --samples 20 --json

      NOISE
      \(Catalogs.help)
      """)

  @OptionGroup var use: UseOptions

  @Option(
    help: ArgumentHelp(
      "Noise on the inputs, after they are normalised. May be repeated.", valueName: "rule"))
  var noise: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let rules = try inputNoise()
    try use.withRun { run, format, location in
      let read = try format.labelledData(at: location)
      let prepared = try run.preprocessing(read)
      let outputs = try run.outputs(
        prepared.inputs, of: prepared.name, rules: rules, samples: use.samples, seed: use.seed)
      var report = try EvaluationReport(run, prepared, outputs)
      report.noise = noise
      report.samples = use.samples
      report.seed = noise.isEmpty && use.samples == nil ? nil : use.seed
      try StandardStreams.print(
        json ? String(decoding: jsonBytes(report), as: UTF8.self) : report.text + "\n")
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
          "--noise is \(rule); expected a scale that is fixed or relative to the signal")
      }
      // A data set has no steps.
      if rule.isScheduled {
        throw UsageError("--noise is \(rule); expected a scale that does not follow the steps")
      }
      rules.append(rule)
    }
    return rules
  }
}
