import DitherData
import Synchronization

/// Does something at one of the system calls that write and read files in `body`, counted from 1, and nothing at the others.
///
/// - Parameter action: returns the number of the error that the call fails with, or 0 to let it happen.
package func interrupting(
  _ call: Int, _ body: () throws -> Void, by action: @escaping @Sendable () -> Int32
) rethrows {
  let counter = CallCounter()
  let interruption = SystemCall.Interruption { _ in counter.next() == call ? action() : 0 }
  try SystemCall.$interruption.withValue(interruption) { try body() }
}

/// The number of such system calls in `body`.
package func systemCalls(of body: () throws -> Void) rethrows -> Int {
  let counter = CallCounter()
  let interruption = SystemCall.Interruption { _ in
    _ = counter.next()
    return 0
  }
  try SystemCall.$interruption.withValue(interruption) { try body() }
  return counter.next() - 1
}

private final class CallCounter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
