import Foundation

/// Draws the progress line over itself: on a terminal alone, and not before a run has lasted two seconds.
package struct ProgressDisplay {
  private let isTerminal: Bool
  private let now: () -> Double
  private let write: (String) -> Void
  private let start: Double
  private var drawnAt = -Double.infinity

  private static let quietSeconds = 2.0
  private static let secondsBetweenDrawings = 0.1

  /// - Parameters:
  ///   - isTerminal: whether a line can be drawn over.
  ///   - now: the time in seconds from any start.
  ///   - write: puts text out.
  package init(isTerminal: Bool, now: @escaping () -> Double, write: @escaping (String) -> Void) {
    self.isTerminal = isTerminal
    self.now = now
    self.write = write
    start = now()
  }

  /// The display on standard error, from now on.
  static func standardError() -> ProgressDisplay {
    let start = ContinuousClock.now
    return ProgressDisplay(
      isTerminal: isatty(STDERR_FILENO) == 1
        && ProcessInfo.processInfo.environment["TERM"] != "dumb",
      now: { (ContinuousClock.now - start) / .seconds(1) },
      write: { FileHandle.standardError.write(Data($0.utf8)) })
  }

  /// The seconds since the display was made.
  package var elapsed: Double { now() - start }

  /// Draws the line, if it is time to. It is made of the seconds since the display was made.
  package mutating func update(_ line: (_ elapsed: Double) -> ProgressLine) {
    guard isTerminal else { return }
    let time = now()
    if time - start < ProgressDisplay.quietSeconds
      || time - drawnAt < ProgressDisplay.secondsBetweenDrawings
    {
      return
    }
    write("\r\(line(time - start).text)\u{1B}[K")
    drawnAt = time
  }

  /// Ends the line, if one was drawn.
  package mutating func finish() {
    if drawnAt.isFinite { write("\n") }
    drawnAt = -.infinity
  }

  /// Puts out a line that stays, terminal or not.
  package mutating func say(_ text: String) {
    finish()
    write(text + "\n")
  }
}
