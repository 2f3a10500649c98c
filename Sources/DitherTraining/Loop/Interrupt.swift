import Foundation
import Synchronization

/// Whether the user has asked the program to stop (SIGINT, Control-C), for a loop that looks between its steps. A second
/// interrupt, while the loop has not come to look, ends the program as it would have without this.
package enum Interrupt {
  fileprivate typealias Handler = @convention(c) (Int32) -> Void

  fileprivate static let received = Atomic<Bool>(false)
  /// How many loops look, and what was done at the signal before the first of them.
  private static let installed = Mutex<(loops: Int, former: Handler?)>((0, nil))

  /// Whether the signal has come since the first of the loops that look now began to.
  package static var isRequested: Bool { received.load(ordering: .relaxed) }

  /// Runs a loop that looks.
  static func observed<Result>(_ loop: () throws -> Result) rethrows -> Result {
    begin()
    defer { end() }
    return try loop()
  }

  private static func begin() {
    installed.withLock { installed in
      installed.loops += 1
      if installed.loops > 1 { return }
      // Before the handler is there, so that it never makes the value itself.
      received.store(false, ordering: .relaxed)
      installed.former = signal(SIGINT, noteInterrupt)
      // A program that was started to ignore the signal, as in the background of a script, goes on to.
      let ignore = 1
      if unsafe unsafeBitCast(installed.former, to: Int.self) == ignore {
        _ = signal(SIGINT, installed.former)
      }
    }
  }

  private static func end() {
    installed.withLock { installed in
      installed.loops -= 1
      if installed.loops == 0 { _ = signal(SIGINT, installed.former) }
    }
  }
}

/// Runs in the midst of anything: it calls nothing but what a signal handler may.
private func noteInterrupt(_: Int32) {
  if Interrupt.received.exchange(true, ordering: .relaxed) {
    _ = signal(SIGINT, SIG_DFL)
    raise(SIGINT)
  }
}
