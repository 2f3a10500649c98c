import ArgumentParser
import ExampleSupport

/// Noisy layers beside ε-greedy on a chain that only a long run of right choices rewards.
struct NoisyExploration: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exploration",
    abstract: "Deep Q-learning on long chains, by noisy layers and by ε-greedy.",
    discussion: """
      The noisy layers of Fortunato et al. 2018 on the chain of Osband et al. 2016, section 5.1, by the protocol \
      of Plappert et al. 2018.

      EXAMPLES
        PublishedResults exploration --json docs/results/exploration.json
        PublishedResults exploration --length 5 --seeds 3 --episodes 300
        PublishedResults exploration --read docs/results/exploration.json   prints the table again
      """)

  @Option(
    name: .customLong("length"),
    help: ArgumentHelp(
      "The states of a chain. May be repeated. (default: \(NoisyExploration.standardLengths.map(String.init).joined(separator: ", ")))",
      valueName: "n"))
  var lengths: [Int] = []

  @Option(help: ArgumentHelp("Episodes after which an agent is given up.", valueName: "n"))
  var episodes = 2000

  @OptionGroup var options: RunOptions

  private static let standardLengths = [10, 20, 50]

  func validate() throws {
    for length in lengths where length < 3 || length > 10_000 {
      throw ValidationError("--length is \(length); expected 3 to 10000")
    }
    guard episodes >= 1 else {
      throw ValidationError("--episodes is \(episodes); expected at least 1")
    }
  }

  func run() async throws {
    try await options.report {
      let study = ExplorationStudy(
        lengths: lengths.isEmpty ? Self.standardLengths : lengths, agents: Exploration.allCases,
        seeds: options.allSeeds, episodes: episodes)
      return ExplorationReport(study, await study.run(threads: options.threadCount))
    }
  }
}
