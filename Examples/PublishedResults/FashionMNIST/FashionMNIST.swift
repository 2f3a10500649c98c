import ArgumentParser
import DitherData
import DitherTensors

/// Dropout and a bound on the weights' norms on all of Fashion-MNIST.
struct FashionMNIST: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fashion-mnist",
    abstract: "Dropout and max-norm on Fashion-MNIST: 60,000 training and 10,000 test images.",
    discussion: """
      Two hidden layers of ReLU. Settings were chosen on a twelfth of the training images, then all of them train.

      EXAMPLES
        PublishedResults fashion-mnist --seeds 3 --json docs/results/fashion-mnist.json
        PublishedResults fashion-mnist --choose --seeds 1   compares settings on validation images
        PublishedResults fashion-mnist --read docs/results/fashion-mnist.json   prints the table again
      """)

  @Option(
    help: ArgumentHelp(
      "A folder with the four IDX files, unpacked, under the names that they have there.",
      valueName: "folder"))
  var data = ".build/results/fashion-mnist"

  @OptionGroup var options: StudyOptions

  func run() async throws {
    if options.choose {
      try await options.run.report(compare)
    } else {
      try await options.run.report(test)
    }
  }

  /// Trains on all training images and looks at the test images.
  private func test() async throws -> FashionReport {
    let experiment = experiment(training: try images("train"), judged: try images("t10k"))
    let setting = options.adjusted(FashionSettings.chosen)
    let errors = try await experiment.errors(
      of: [(.dropout, setting)], threads: options.run.threadCount, saving: options.models)
    return FashionReport(experiment, setting, errors[0])
  }

  /// Compares the settings of the grid on a twelfth of the training images, which the others train.
  private func compare() async throws -> GridReport {
    let images = try images("train")
    let held = images.count / 12
    let parts = images.stratifiedSplit(sizes: [images.count - held, held], seed: 1)
    return try await experiment(training: parts[0], judged: parts[1])
      .grid(options.adjusted(FashionSettings.grid), threads: options.run.threadCount)
  }

  private func experiment(training: LabelledData, judged: LabelledData) -> Experiment {
    options.experiment(training: training, judged: judged, units: 1024, batchSize: 128)
  }

  /// One of the two parts, its pixels from 0 to 1.
  private func images(_ part: String) throws -> LabelledData {
    let images = try LabelledData(
      inputsAt: "\(data)/\(part)-images-idx3-ubyte", labelsAt: "\(data)/\(part)-labels-idx1-ubyte",
      classes: 10)
    return images.with(inputs: images.inputs / 255)
  }
}
