import DitherData
import Foundation

/// Where results and messages go.
enum StandardStreams {
  /// Puts out a result: all of it, or the program fails.
  static func print(_ text: String) throws(InputError) {
    do throws(SystemCallFailure) {
      try SystemCall.writeAll(Array(text.utf8), to: STDOUT_FILENO)
    } catch {
      throw InputError("standard output: cannot be written (\(systemReason(error.number)))")
    }
  }

  /// Gives each standard stream that is closed a file, so that none that is opened later takes its place.
  static func holdPlaces() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // What is printed still fails.
      _ = unsafe open("/dev/null", descriptor == STDOUT_FILENO ? O_RDONLY : O_RDWR)
    }
  }

  /// Says something beside the results.
  static func note(_ text: String) {
    // Where there is nobody to hear it, it changes nothing.
    try? FileHandle.standardError.write(contentsOf: Data((text.printable + "\n").utf8))
  }
}
