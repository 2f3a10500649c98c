import ArgumentParser

/// Dropout and its kin on handwritten digits.
struct Dropout: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dropout",
    abstract: "Dropout, Gaussian dropout, DropConnect and input noise on MNIST digits.",
    discussion: """
      Srivastava et al. 2014, section 6.1.1, and Wan et al. 2013: two hidden layers of ReLU. Of the images \
      three fifths train, one fifth chose the settings, and one fifth tests.

      EXAMPLES
        PublishedResults dropout --json docs/results/dropout.json
        PublishedResults dropout --choose --seeds 2   compares settings on validation images
        PublishedResults dropout --read docs/results/dropout.json   prints the table again
      """)

  @Option(
    help: ArgumentHelp(
      "The images: pixels of 0 to 255, then the label, in each row.", valueName: "file.csv"))
  var data = ".build/results/mnist_5k.csv"

  @OptionGroup var options: StudyOptions

  func run() async throws {
    if options.choose {
      try await options.run.report(compare)
    } else {
      try await options.run.report(test)
    }
  }

  /// Trains with the chosen settings and looks at the test images.
  private func test() async throws -> DropoutReport {
    let digits = try MNISTDigits(contentsOf: data)
    let candidates = options.adjusted(DropoutSettings.chosen)
    let experiment = options.experiment(
      training: digits.training, judged: digits.test, units: 800, batchSize: 64)
    let errors = try await experiment.errors(
      of: candidates, threads: options.run.threadCount, saving: options.models)
    return DropoutReport(experiment, candidates, errors)
  }

  /// Compares the settings of the grid, then the best of each kind with twice the epochs.
  private func compare() async throws -> GridReport {
    let digits = try MNISTDigits(contentsOf: data)
    let experiment = options.experiment(
      training: digits.training, judged: digits.validation, units: 800, batchSize: 64)
    var report = try await experiment.grid(
      options.adjusted(DropoutSettings.grid), threads: options.run.threadCount)
    let longer = Regularizer.allCases.compactMap { regularizer in
      report.best(regularizer).map { best in
        var setting = best.setting
        setting.epochs *= 2
        return (regularizer: regularizer, setting: setting)
      }
    }
    report.rows += try await experiment.grid(longer, threads: options.run.threadCount).rows
    return report
  }
}
