import ArgumentParser
import DitherData
import ExampleSupport

/// What the studies of classifiers have in common on the command line.
struct StudyOptions: ParsableArguments {
  @OptionGroup var run: RunOptions

  @Option(
    help: ArgumentHelp(
      "Units of each hidden layer. (default: those of the published network)", valueName: "n"))
  var units: Int?

  @Option(help: ArgumentHelp("Epochs in the place of those that were chosen.", valueName: "n"))
  var epochs: Int?

  @Option(
    help: ArgumentHelp(
      "A folder to save the networks in, each as a run of dither.", valueName: "folder"))
  var models: String?

  @Flag(help: "Compare settings on validation images; the test images are not looked at.")
  var choose = false

  func validate() throws {
    for (option, number) in [("--units", units ?? 1), ("--epochs", epochs ?? 1)] where number < 1 {
      throw ValidationError("\(option) is \(number); expected at least 1")
    }
  }

  /// A setting with the epochs that the command line asks for.
  func adjusted(_ setting: TrainingSetting) -> TrainingSetting {
    var setting = setting
    if let epochs { setting.epochs = epochs }
    return setting
  }

  func adjusted(_ candidates: [Experiment.Candidate]) -> [Experiment.Candidate] {
    candidates.map { ($0.regularizer, adjusted($0.setting)) }
  }

  /// The experiment that the command line asks for.
  ///
  /// - Parameter units: of the published network's hidden layers.
  func experiment(
    training: LabelledData, judged: LabelledData, units published: Int, batchSize: Int
  ) -> Experiment {
    let units = units ?? published
    return Experiment(
      training: training, judged: judged,
      layers: [training.features, units, units, training.classes], batchSize: batchSize,
      seeds: run.allSeeds)
  }
}
