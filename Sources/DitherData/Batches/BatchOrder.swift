import DitherRuntime

/// Which rows each batch of an epoch has: a function of the number of rows, the size, the seed and the epoch.
package struct BatchOrder: Sendable {
  package let epoch: Int
  /// Batches of the epoch.
  package let count: Int
  private let size: Int
  private let rows: [Int]

  package init(rows: Int, size: Int, seed: UInt64, epoch: Int, dropsIncompleteBatch: Bool) {
    require(size >= 1, "batches: size is \(size); expected at least 1")
    require(epoch >= 0, "batches: epoch is \(epoch); expected at least 0")
    self.epoch = epoch
    self.size = size
    count = BatchOrder.count(
      rows: rows, size: size, dropsIncompleteBatch: dropsIncompleteBatch)
    self.rows = Permutation(seed: seed, site: "batches", step: epoch).shuffled(Array(0..<rows))
  }

  /// Batches that some rows make.
  package static func count(rows: Int, size: Int, dropsIncompleteBatch: Bool) -> Int {
    rows / size + (rows % size == 0 || dropsIncompleteBatch ? 0 : 1)
  }

  package subscript(place: Int) -> [Int] {
    require(
      place >= 0 && place < count,
      "Batches: batch \(place); expected one of \(count), 0..<\(count)")
    return Array(rows[place * size..<min((place + 1) * size, rows.count)])
  }
}
