import Synchronization

/// One thread's copy of a distribution of whole rows. A kernel asks for tiles side by side, so it keeps the rows that it
/// computed last. They are those of their addresses: what is kept never changes a draw.
final class RowFiller<Distribution: RowNoiseDistribution>: TileFiller {
  private let distribution: Distribution
  // A thread has its own copy within a call, but two calls may use the same copies at once.
  private let kept = Mutex(KeptRows())

  init(_ distribution: Distribution) {
    self.distribution = distribution
  }

  override func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    let done: Void? = kept.withLockIfAvailable { kept in
      kept.prepare(width: address.width)
      for index in 0..<address.rows {
        kept.copy(to: &tile, index, of: address, from: distribution)
      }
    }
    if done == nil { distribution.fill(&tile, at: address) }
  }
}

/// Rows of one width and their addresses. A row's place follows from its number.
private struct KeptRows {
  private var width = 0
  private var addresses: [NoiseAddress?] = []
  private var values: [[Float]] = []

  mutating func prepare(width: Int) {
    if width == self.width { return }
    self.width = width
    let count = max(8, (1 << 16) / width)
    addresses = Array(repeating: nil, count: count)
    values = Array(repeating: [], count: count)
  }

  /// Copies row `index` of a tile, computed first if it is not kept.
  mutating func copy(
    to tile: inout MutableSpan<Float>, _ index: Int, of address: NoiseAddress,
    from distribution: some RowNoiseDistribution
  ) {
    let whole = address.wholeRow(index)
    let place = whole.row % values.count
    if addresses[place] != whole {
      var own = values[place]
      values[place] = []
      if own.isEmpty { own = Array(repeating: 0, count: width) }
      distribution.computeRow(&own, at: whole)
      values[place] = own
      addresses[place] = whole
    }
    let source = values[place]
    let (first, columns) = (address.column, address.columns)
    for column in 0..<columns { tile[index * columns + column] = source[first + column] }
  }
}
