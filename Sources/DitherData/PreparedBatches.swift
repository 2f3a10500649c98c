import Dispatch
import DitherRuntime
import Synchronization

/// Batches, each made ready on a second thread while the one before it is in use.
///
/// Their order and contents are those of the ``Batches`` they come from. An iterator that is given up cancels what it had not
/// begun; the batch then in work is finished and dropped.
public struct PreparedBatches<Output: Sendable>: Sequence, Sendable {
  let batches: Batches
  let ahead: Int
  let transform: @Sendable (Batch, Int) -> Output

  public var underestimatedCount: Int { batches.count }

  public func makeIterator() -> Iterator { Iterator(self) }

  /// Waits for a batch, if it is not ready, when it is asked for.
  public struct Iterator: IteratorProtocol {
    private let source: PreparedBatches
    private let execution = Execution.current
    /// A thread of its own: the waiting consumer may hold any of the pool's.
    private let queue = DispatchQueue(label: "dither.batches")
    private var pending: [Pending<Output>] = []
    private var position = 0

    init(_ source: PreparedBatches) { self.source = source }

    public mutating func next() -> Output? {
      begin()
      return pending.isEmpty ? nil : pending.removeFirst().wait()
    }

    /// Sees to it that, once the next is taken, as many as wanted are ready or in work.
    private mutating func begin() {
      while pending.count <= source.ahead, position < source.batches.endIndex {
        let batch = Pending<Output>()
        let (source, execution, position) = (source, execution, position)
        // Held by the iterator alone: with it goes the work.
        queue.async { [weak batch] in
          guard let batch else { return }
          let output = withThreads(1) {
            withInstructionSet(execution.instructionSet) {
              source.transform(source.batches[position], position)
            }
          }
          batch.complete(output)
        }
        pending.append(batch)
        self.position += 1
      }
    }
  }
}

/// A batch that becomes ready.
private final class Pending<Output: Sendable>: Sendable {
  private let output = Mutex<Output?>(nil)
  private let isReady = DispatchSemaphore(value: 0)

  func complete(_ output: Output) {
    self.output.withLock { $0 = output }
    isReady.signal()
  }

  func wait() -> Output {
    isReady.wait()
    return output.withLock { $0! }
  }
}

extension Batches {
  /// The same batches, made ready in the background.
  ///
  /// It pays where a batch takes work, as in ``prepared(ahead:_:)``: rows that lie in memory are copied faster than a thread
  /// takes over.
  ///
  /// - Parameter ahead: how many batches may be ready or in work beside the one in use, at least 1.
  public func prepared(ahead: Int = 1) -> PreparedBatches<Batch> {
    prepared(ahead: ahead) { batch, _ in batch }
  }

  /// What a function makes of each batch, in the background: augmented inputs, features.
  ///
  /// ```swift
  /// let batches = data.batches(of: 32, seed: 1, epoch: 0)
  /// for (inputs, labels) in batches.prepared({ batch, _ in (batch.inputs * 2, batch.labels) }) {
  ///   print(inputs.shape, labels.count)
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - ahead: how many batches may be ready or in work beside the one in use, at least 1.
  ///   - transform: is given each batch and its position in turn, and runs with one thread. For noise that can be repeated, let it
  ///     draw from a stream at a step made of the epoch and the position.
  public func prepared<Output: Sendable>(
    ahead: Int = 1, _ transform: @escaping @Sendable (Batch, Int) -> Output
  ) -> PreparedBatches<Output> {
    require(ahead >= 1, "Batches.prepared: ahead is \(ahead); expected at least 1")
    return PreparedBatches(batches: self, ahead: ahead, transform: transform)
  }
}
