import ArgumentParser
import ExampleSupport

/// A deep network that learns from zero weights where its gradients are noisy, and only there.
struct GradientNoiseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gradient-noise",
    abstract: "20 hidden layers from poor first weights, with noise on the gradients and without.",
    discussion: """
      Neelakantan et al. 2015, section 4.1. Of the images three fifths train, one fifth chose the learning rates, and \
      one fifth tests.

      EXAMPLES
        PublishedResults gradient-noise --json docs/results/gradient-noise.json
        PublishedResults gradient-noise --choose --seeds 2   compares learning rates on validation images
        PublishedResults gradient-noise --read docs/results/gradient-noise.json   prints the table again
      """)

  @Option(
    help: ArgumentHelp(
      "The images: pixels of 0 to 255, then the label, in each row.", valueName: "file.csv"))
  var data = ".build/results/mnist_5k.csv"

  @Option(help: ArgumentHelp("How often each network sees the images.", valueName: "n"))
  var epochs = GradientNoiseStudy.epochs

  @Flag(help: "Compare learning rates on validation images; the test images are not looked at.")
  var choose = false

  @OptionGroup var options: RunOptions

  func validate() throws {
    guard 1...1_000_000 ~= epochs else {
      throw ValidationError("--epochs is \(epochs); expected 1 to 1000000")
    }
  }

  func run() async throws {
    try await options.report {
      let digits = try MNISTDigits(contentsOf: data)
      let study = GradientNoiseStudy(
        training: digits.training, judged: choose ? digits.validation : digits.test,
        judgedBy: choose ? "validation" : "test", epochs: epochs,
        settings: choose ? GradientNoiseStudy.grid : GradientNoiseStudy.chosen,
        seeds: options.allSeeds)
      return GradientNoiseReport(study, await study.run(threads: options.threadCount))
    }
  }
}
