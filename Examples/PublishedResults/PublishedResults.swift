import ArgumentParser

/// Trains what papers report on, and prints their figures beside those found here: `docs/results.md`.
@main
struct PublishedResults: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "PublishedResults",
    abstract: "Train what papers report on; print their figures beside those found here.",
    subcommands: [
      Dropout.self, FashionMNIST.self, GradientNoiseCommand.self, NoisyExploration.self,
    ])
}
