import ArgumentParser
import Foundation

/// Trains, evaluates and applies networks from the command line.
///
/// Exit codes: 0 for success, 1 for data, models or runs that cannot be used, 64 for settings that cannot, 130 for a training that
/// was interrupted and saved. Messages go to standard error.
@main
struct Dither: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dither",
    abstract: "Train classifiers with noise on data of your own, and use them.",
    discussion: """
      EXAMPLES
        dither train --data iris.csv --hidden 16 --output runs/iris
        dither evaluate runs/iris --data more.csv
        dither predict runs/iris --data new.csv --unlabelled
        dither inspect runs/iris

      Completion of a shell's own: dither --generate-completion-script bash, zsh or fish.
      """,
    subcommands: [
      TrainCommand.self, EvaluateCommand.self, PredictCommand.self, InspectCommand.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as UsageError {
      fail(error, code: ExitCode.validationFailure.rawValue)
    } catch let error where error is ExitCode || Self.exitCode(for: error) != .failure {
      // Help and the parser's own complaints.
      exit(withError: error)
    } catch {
      fail(error, code: ExitCode.failure.rawValue)
    }
  }

  private static func fail(_ error: any Error, code: Int32) -> Never {
    FileHandle.standardError.write(Data("Error: \(error)\n".utf8))
    Foundation.exit(code)
  }
}
