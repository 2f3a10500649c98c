import ArgumentParser

/// How long is trained, and from which seeds.
struct RunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How often the network sees all training rows. (default: 20)", valueName: "n"))
  var epochs: Int?

  @Option(help: ArgumentHelp("Rows a step. (default: 128)", valueName: "rows"))
  var batch: Int?

  @Flag(
    inversion: .prefixedNo,
    help: "Leave a last batch of fewer rows out of each epoch.")
  var dropIncomplete: Bool?

  @Option(
    help: ArgumentHelp("Of first weights and of the batches' order. (default: 0)", valueName: "n"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp("Of the choice of validation rows. (default: --seed)", valueName: "n"))
  var splitSeed: UInt64?

  @Option(help: ArgumentHelp("Of all noise. (default: --seed)", valueName: "n"))
  var noiseSeed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Stop after so many epochs without improvement, and keep the best.", valueName: "epochs"))
  var patience: Int?

  @Option(
    help: ArgumentHelp(
      "What is to improve: loss or accuracy of the validation rows. (default: loss)",
      valueName: "figure"),
    completion: .list(RunSettings.Figure.allCases.map(\.rawValue)))
  var stopOn: String?

  @Option(
    help: ArgumentHelp("Epochs from one checkpoint to the next. (default: 1)", valueName: "n"))
  var saveEvery: Int?

  @Option(
    help: ArgumentHelp(
      "The most threads to use; the results do not depend on them. (default: all)",
      valueName: "n"))
  var threads: Int?

  var settings: RunSettings {
    RunSettings(
      epochs: epochs, batch: batch, dropIncomplete: dropIncomplete, seed: seed,
      splitSeed: splitSeed, noiseSeed: noiseSeed, patience: patience, stopOn: stopOn,
      saveEvery: saveEvery, threads: threads)
  }
}
