import ArgumentParser
import Foundation

/// Trains networks with and without noise and shows which hold up under test noise.
///
/// Exit codes: 0 for success, 2 for arguments or data that cannot be used, after one message on standard error.
@main
enum NoiseStudy {
  static func main() async {
    do {
      try await Command.parse().run()
    } catch {
      // --help arrives as an error too, and goes to standard output.
      if Command.exitCode(for: error) == .success { Command.exit(withError: error) }
      let message = (error as? StudyError)?.message ?? Command.message(for: error)
      FileHandle.standardError.write(Data("NoiseStudy: \(message)\n".utf8))
      exit(2)
    }
  }
}

/// Something that the caller can put right, with the message that says what.
struct StudyError: Error {
  var message: String
}
