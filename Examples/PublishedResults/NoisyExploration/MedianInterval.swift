/// Where, among sorted measurements, an interval begins and ends that holds the median with a probability of at least
/// 95 %, whatever they are distributed like.
struct MedianInterval {
  let first: Int
  let last: Int

  /// Nil where there are too few: fewer than six.
  init?(of count: Int) {
    // The median lies below the k-th smallest as often as fewer than k of `count` coins show heads.
    var probability = 1.0
    for _ in 0..<count { probability /= 2 }
    var below = 0.0
    var rank = 0
    while below + probability <= 0.025, rank <= count {
      below += probability
      probability *= Double(count - rank) / Double(rank + 1)
      rank += 1
    }
    if rank == 0 { return nil }
    first = rank - 1
    last = count - rank
  }
}
