import Dispatch
import DitherRuntime
import Synchronization

/// Things made one after the other on a thread in the background, some of them ahead of the one in use. One that is given up begins
/// no other; what is then in work is finished and dropped.
package final class Preparation<Output: Sendable> {
  private let places: Range<Int>
  private let ahead: Int
  private let make: @Sendable (Int) throws -> Output
  private let execution = Execution.current
  /// A thread of its own: the waiting consumer may hold any of the pool's.
  private let queue = DispatchQueue(label: "dither.batches")
  private var pending: [Pending<Output>] = []
  private var begun: Int

  /// - Parameters:
  ///   - places: what `make` is called with, in turn.
  ///   - ahead: how many may be ready or in work beside the one in use; with 0 each is made when it is asked for, by the caller.
  ///   - make: makes one, with one thread for each operation, where it is made ahead.
  init(_ places: Range<Int>, ahead: Int, _ make: @escaping @Sendable (Int) throws -> Output) {
    (self.places, self.ahead, self.make) = (places, ahead, make)
    begun = places.lowerBound
  }

  /// The next, waited for if it is not ready; nil after the last. Throws what making it threw.
  package func next() throws -> Output? {
    if ahead == 0 {
      if begun == places.upperBound { return nil }
      begun += 1
      return try make(begun - 1)
    }
    begin()
    return try pending.isEmpty ? nil : pending.removeFirst().wait()
  }

  /// Begins no other, and waits until none is in work.
  package func stop() {
    begun = places.upperBound
    if pending.isEmpty { return }
    pending = []
    queue.sync {}
  }

  /// Sees to it that, once the next is taken, as many as wanted are ready or in work.
  private func begin() {
    while pending.count <= ahead, begun < places.upperBound {
      let output = Pending<Output>()
      let (make, execution, place) = (make, execution, begun)
      // Held by this object alone: with it goes the work.
      queue.async { [weak output] in
        guard let output else { return }
        output.complete(
          Result {
            try withThreads(1) {
              try withInstructionSet(execution.instructionSet) { try make(place) }
            }
          })
      }
      pending.append(output)
      begun += 1
    }
  }
}

/// Something that becomes ready.
private final class Pending<Output: Sendable>: Sendable {
  private let outcome = Mutex<Result<Output, any Error>?>(nil)
  private let isReady = DispatchSemaphore(value: 0)

  func complete(_ outcome: Result<Output, any Error>) {
    self.outcome.withLock { $0 = outcome }
    isReady.signal()
  }

  func wait() throws -> Output {
    isReady.wait()
    return try outcome.withLock { $0! }.get()
  }
}
