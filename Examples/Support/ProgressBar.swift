import Foundation
import Synchronization

/// A bar on standard error that grows as work is done. It shows only on a terminal: a pipe or a file stays clean.
package final class ProgressBar: Sendable {
  private let total: Int
  private let unit: Int
  private let label: String
  private let isShown: Bool
  private let start = ContinuousClock.now
  private let state = Mutex((done: 0, line: ""))

  private static let width = 40

  /// - Parameters:
  ///   - total: steps in all.
  ///   - unit: steps that make one of what the label counts.
  ///   - label: what is counted.
  package init(total: Int, unit: Int, label: String) {
    self.total = total
    self.unit = unit
    self.label = label
    isShown = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    draw(done: 0, previous: "").map { line in state.withLock { $0.line = line } }
  }

  /// One step is done.
  package func advance() {
    state.withLock { state in
      state.done += 1
      if let line = draw(done: state.done, previous: state.line) { state.line = line }
    }
  }

  /// Replaces the bar by what was done.
  package func finish() {
    guard isShown else { return }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    write("\r\u{1B}[K" + String(format: "Trained %d \(label) in %.1f s\n\n", total / unit, seconds))
  }

  /// Writes the line if it is another than the previous one, and returns it.
  private func draw(done: Int, previous: String) -> String? {
    guard isShown else { return nil }
    let filled = Self.width * done / total
    let bar =
      String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
    let seconds = (ContinuousClock.now - start).components.seconds
    let line = "Training \(bar) \(done / unit) of \(total / unit) \(label), \(seconds) s"
    if line == previous { return nil }
    write("\r\(line)\u{1B}[K")
    return line
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
