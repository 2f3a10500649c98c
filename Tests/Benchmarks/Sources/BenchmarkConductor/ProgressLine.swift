import Foundation

/// One line on standard error that rewrites itself. It shows only on a terminal: a pipe or a file stays clean.
public struct ProgressLine {
  private let isShown = isatty(STDERR_FILENO) == 1
  private let start = ContinuousClock.now

  public init() {}

  /// - Parameters:
  ///   - text: what is going on.
  ///   - share: of the whole that is done; nil where that is not known.
  public func show(_ text: String, share: Double? = nil) {
    guard isShown else { return }
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    write("\r\(Self.line(text, share: share, elapsed: elapsed, width: terminalWidth))\u{1B}[K")
  }

  public func clear() {
    if isShown { write("\r\u{1B}[K") }
  }

  /// At most `width` characters: the share, the time left if some of it can be told, and what is going on.
  package static func line(_ text: String, share: Double?, elapsed: Double, width: Int) -> String {
    var line = text
    if let share {
      let left = share > 0.02 ? " \(minutes(elapsed * (1 - share) / share)) left" : ""
      line = "\(Int(share * 100)) %\(left)  \(text)"
    }
    if line.count <= width { return line }
    return width > 0 ? line.prefix(width - 1) + "…" : ""
  }

  private static func minutes(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return "\(whole / 60):\(whole % 60 < 10 ? "0" : "")\(whole % 60)"
  }

  /// The last column stays free: some terminals wrap when it is written.
  private var terminalWidth: Int {
    var size = winsize()
    let known = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return (known ? Int(size.ws_col) : 80) - 1
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
