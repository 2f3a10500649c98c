import Foundation

/// Draws the progress line over itself: on a terminal alone, and not before a run has lasted two seconds.
package struct ProgressDisplay {
  private let isTerminal: Bool
  private let columns: () -> Int
  private let now: () -> Double
  private let write: (String) -> Void
  private let start: Double
  private var drawnAt = -Double.infinity

  private static let quietSeconds = 2.0
  private static let secondsBetweenDrawings = 0.1

  /// - Parameters:
  ///   - isTerminal: whether a line can be drawn over.
  ///   - columns: how wide the terminal is now.
  ///   - now: the time in seconds from any start.
  ///   - write: puts text out.
  package init(
    isTerminal: Bool, columns: @escaping () -> Int = { 80 }, now: @escaping () -> Double,
    write: @escaping (String) -> Void
  ) {
    self.isTerminal = isTerminal
    self.columns = columns
    self.now = now
    self.write = write
    start = now()
  }

  /// The display on standard error, from now on.
  package static func standardError() -> ProgressDisplay {
    let start = ContinuousClock.now
    return ProgressDisplay(
      isTerminal: isatty(STDERR_FILENO) == 1
        && ProcessInfo.processInfo.environment["TERM"] != "dumb",
      columns: {
        var size = winsize()
        let isKnown = unsafe ioctl(STDERR_FILENO, .init(TIOCGWINSZ), &size) == 0
        return isKnown && size.ws_col > 0 ? Int(size.ws_col) : 80
      },
      now: { (ContinuousClock.now - start) / .seconds(1) },
      // A terminal may have gone, which is no reason to stop before the run is saved.
      write: { _ = try? FileHandle.standardError.write(contentsOf: Data($0.utf8)) })
  }

  /// The seconds since the display was made.
  package var elapsed: Double { now() - start }

  /// Draws the line, if it is time to. It is made of the seconds since the display was made.
  package mutating func update(_ line: (_ elapsed: Double) -> ProgressLine) {
    let columns = columns()
    update(text: { line($0).text(columns: columns) })
  }

  /// Draws a line of one's own, if it is time to: cut to the terminal's width, since one that wraps could not be drawn over.
  package mutating func update(text: (_ elapsed: Double) -> String) {
    guard isTerminal else { return }
    let time = now()
    if time - start < ProgressDisplay.quietSeconds
      || time - drawnAt < ProgressDisplay.secondsBetweenDrawings
    {
      return
    }
    write("\r\(text(time - start).prefix(max(0, columns() - 1)))\u{1B}[K")
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
