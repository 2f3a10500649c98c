/// All rows of the data once, in an order of the epoch's own, a batch at a time. A batch's rows are copied when it is
/// asked for.
public struct Batches: RandomAccessCollection, Sendable {
  private let data: LabelledData
  private let order: BatchOrder

  init(_ data: LabelledData, _ order: BatchOrder) {
    self.data = data
    self.order = order
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { order.count }

  public subscript(position: Int) -> Batch {
    data.batch(
      of: order[position], epoch: order.epoch, number: order.epoch * order.count + position)
  }
}

extension LabelledData {
  /// The rows in batches, shuffled anew each epoch: a function of the data, the size, the seed and the epoch.
  ///
  /// ```swift
  /// let data = try Digits.load()
  /// for batch in data.batches(of: 128, seed: 1, epoch: 0) {
  ///   print(batch.inputs.shape, batch.labels.count)   // [128, 64] 128
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - size: rows a batch, at least 1; the last batch has what remains.
  ///   - seed: another seed gives other orders.
  ///   - epoch: at least 0.
  ///   - dropsIncompleteBatch: whether a last batch of fewer rows than `size` is left out; other rows are in it each epoch.
  public func batches(
    of size: Int, seed: UInt64 = 0, epoch: Int, dropsIncompleteBatch: Bool = false
  ) -> Batches {
    Batches(
      self,
      BatchOrder(
        rows: count, size: size, seed: seed, epoch: epoch,
        dropsIncompleteBatch: dropsIncompleteBatch))
  }
}
