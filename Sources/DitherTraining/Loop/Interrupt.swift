import Foundation
import Synchronization

/// Whether the program has been asked to stop, for a loop that looks between its steps: by the user (SIGINT, Control-C), by the
/// system (SIGTERM), or as its terminal has gone (SIGHUP). A second request, while the loop has not come to look, ends the program as
/// it would have without this; but SIGHUP, which comes from the shell and from the system alike, may come twice.
package enum Interrupt {
  fileprivate typealias Handler = @convention(c) (Int32) -> Void

  package static let signals = [SIGINT, SIGTERM, SIGHUP]

  fileprivate static let received = Atomic<Bool>(false)
  /// How many loops look, and what was done at each of the signals before the first of them.
  private static let installed = Mutex<(loops: Int, former: [Handler?])>((0, []))

  /// Whether a signal has come since the first of the loops that look now began to.
  package static var isRequested: Bool { received.load(ordering: .relaxed) }

  /// Runs a loop that looks.
  static func observed<Result>(_ loop: () throws -> Result) rethrows -> Result {
    begin()
    defer { end() }
    return try loop()
  }

  /// The same of a loop that may suspend.
  package static func observed<Result>(
    isolation: isolated (any Actor)? = #isolation, _ loop: () async throws -> Result
  ) async rethrows -> Result {
    begin()
    defer { end() }
    return try await loop()
  }

  private static func begin() {
    installed.withLock { installed in
      installed.loops += 1
      if installed.loops > 1 { return }
      // Before a handler is there, so that none makes the value itself.
      received.store(false, ordering: .relaxed)
      installed.former = signals.map { number in
        let former = signal(number, noteInterrupt)
        // A program that was started to ignore a signal, as in the background of a script, goes on to.
        let ignore = 1
        if unsafe unsafeBitCast(former, to: Int.self) == ignore { _ = signal(number, former) }
        return former
      }
    }
  }

  private static func end() {
    installed.withLock { installed in
      installed.loops -= 1
      if installed.loops > 0 { return }
      for (number, former) in zip(signals, installed.former) { _ = signal(number, former) }
    }
  }
}

/// Runs in the midst of anything: it calls nothing but what a signal handler may.
private func noteInterrupt(_ number: Int32) {
  if Interrupt.received.exchange(true, ordering: .relaxed) && number != SIGHUP {
    _ = signal(number, SIG_DFL)
    raise(number)
  }
}
