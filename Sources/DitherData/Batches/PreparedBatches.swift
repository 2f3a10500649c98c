import DitherRuntime

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
    private let preparation: Preparation<Output>

    init(_ source: PreparedBatches) {
      preparation = Preparation(0..<source.batches.count, ahead: source.ahead) { position in
        source.transform(source.batches[position], position)
      }
    }

    public mutating func next() -> Output? {
      // The transform throws nothing.
      try! preparation.next()
    }
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

  /// What a function makes of each batch, in the background, for a loop of one's own: augmented inputs, features. (A trainer takes
  /// a ``BatchSource``.)
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
