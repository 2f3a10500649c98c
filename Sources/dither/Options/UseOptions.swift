import ArgumentParser

/// What a run is used by: on which data, with which of its weights and noise.
struct UseOptions: ParsableArguments {
  @Argument(help: "The folder of a run.", completion: .directory)
  var folder: String

  @OptionGroup(title: "Data") var data: DataOptions

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

  /// Opens the run, and gives it to `body` with the format of its data and where they are.
  ///
  /// - Throws: `UsageError`, `InputError`, and what `body` throws.
  func withRun(_ body: (TrainedRun, inout DataFormat, DataLocation) throws -> Void) throws {
    let settings = data.settings
    let location = try settings.requireLocation()
    try settings.requireUsed(at: location)
    if let samples, !(1...100_000).contains(samples) {
      throw UsageError("--samples is \(samples); expected 1 to 100000")
    }
    try onThreads(threads) {
      let run = try TrainedRun(at: folder, last: last)
      var format = run.preprocessing.format
      format.override(by: settings)
      try body(run, &format, location)
    }
  }
}
