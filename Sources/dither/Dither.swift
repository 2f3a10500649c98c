import ArgumentParser
import Foundation
import NoiseDistributions

/// Trains, evaluates and applies networks from the command line.
///
/// Exit codes: 0 for success, 1 for data, models or runs that cannot be used, 64 for settings that cannot, 130 for a training that
/// was interrupted and saved. Messages go to standard error.
@main
struct Dither: AsyncParsableCommand {
  /// Of the package, as CHANGELOG.md has it, and of the noise: the same settings give the same bits where both are the same.
  static let version = "0.1.0, noise stream \(NoiseStream.version)"

  static let configuration = CommandConfiguration(
    commandName: "dither",
    abstract:
      "Find the noise that makes a classifier hold up, train with it on data of your own, and use it.",
    discussion: """
      EXAMPLES
        dither study --data iris.csv --header --output studies/iris
        dither train --data iris.csv --header --output runs/iris
        dither evaluate runs/iris --data more.csv
        dither predict runs/iris --data new.csv --unlabelled
        dither inspect runs/iris

      Completion of a shell's own: dither --generate-completion-script bash, zsh or fish.
      """,
    version: version,
    subcommands: [
      StudyCommand.self, TrainCommand.self, EvaluateCommand.self, PredictCommand.self,
      InspectCommand.self,
    ])

  static func main() async {
    StandardStreams.holdPlaces()
    // A file that would grow beyond a limit is an error of its write, not the program's end.
    signal(SIGXFSZ, SIG_IGN)
    do {
      do {
        var command = try parseAsRoot(joined(Array(CommandLine.arguments.dropFirst())))
        if var command = command as? any AsyncParsableCommand {
          try await command.run()
        } else {
          try command.run()
        }
      } catch let error where Self.exitCode(for: error) == .success {
        // Help and the like are results.
        try StandardStreams.print(Self.fullMessage(for: error) + "\n")
      }
    } catch let error as UsageError {
      fail(error, code: ExitCode.validationFailure.rawValue)
    } catch let error where error is ExitCode || Self.exitCode(for: error) != .failure {
      // The parser's own complaints.
      exit(withError: error)
    } catch {
      fail(error, code: ExitCode.failure.rawValue)
    }
  }

  /// The arguments, with a number below 0 as the value of the option before it: no option has a number for a name.
  private static func joined(_ arguments: [String]) -> [String] {
    var joined: [String] = []
    for (place, argument) in arguments.enumerated() {
      if argument == "--" { return joined + arguments[place...] }
      let isNumber =
        argument.first == "-" && argument.dropFirst().first.map("0123456789.".contains) == true
      if isNumber, let option = joined.last, option.hasPrefix("--"), !option.contains("=") {
        joined[joined.count - 1] = "\(option)=\(argument)"
      } else {
        joined.append(argument)
      }
    }
    return joined
  }

  private static func fail(_ error: any Error, code: Int32) -> Never {
    // What a hostile file holds is not to fill the screen.
    let (text, most) = ("\(error)", 4000)
    StandardStreams.note("Error: \(text.prefix(most))\(text.count > most ? "…" : "")")
    Foundation.exit(code)
  }
}
