import DitherRuntime
public import DitherTensors

/// Some rows of the data, to be trained on at once.
public struct Batch: Sendable {
  /// [rows, features].
  public let inputs: Tensor
  /// The class of each row.
  public let labels: [Int]
}

/// All rows of the data once, in an order of the epoch's own, a batch at a time. A batch's rows are copied when it is
/// asked for.
public struct Batches: RandomAccessCollection, Sendable {
  private let data: LabelledData
  private let size: Int
  private let order: [Int]
  private let dropsIncompleteBatch: Bool

  init(_ data: LabelledData, size: Int, order: [Int], dropsIncompleteBatch: Bool = false) {
    self.data = data
    self.size = size
    self.dropsIncompleteBatch = dropsIncompleteBatch
    self.order = order
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int {
    order.count / size + (order.count % size == 0 || dropsIncompleteBatch ? 0 : 1)
  }

  public subscript(position: Int) -> Batch {
    require(
      position >= 0 && position < endIndex,
      "Batches: batch \(position); expected one of \(endIndex), 0..<\(endIndex)")
    let rows = Array(order[position * size..<Swift.min((position + 1) * size, order.count)])
    return Batch(inputs: data.inputs.rows(at: rows), labels: rows.map { data.labels[$0] })
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
    require(size >= 1, "batches: size is \(size); expected at least 1")
    require(epoch >= 0, "batches: epoch is \(epoch); expected at least 0")
    let permutation = Permutation(seed: seed, site: "batches", step: epoch)
    return Batches(
      self, size: size, order: permutation.shuffled(Array(0..<count)),
      dropsIncompleteBatch: dropsIncompleteBatch)
  }
}
