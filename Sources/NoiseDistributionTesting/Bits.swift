/// Which draws of a matrix have a property: a bit each.
struct Bits {
  private var words: [UInt64]
  let count: Int

  /// - Parameter draws: a multiple of 64 of them.
  init(_ draws: [Float], where isSet: (Float) -> Bool) {
    count = draws.count
    words = []
    words.reserveCapacity(count / 64)
    for start in stride(from: 0, to: count, by: 64) {
      var word: UInt64 = 0
      for bit in 0..<64 where isSet(draws[start + bit]) { word |= 1 << UInt64(bit) }
      words.append(word)
    }
  }

  /// The share of set bits.
  var share: Double {
    Double(words.reduce(0) { $0 + $1.nonzeroBitCount }) / Double(count)
  }

  /// How often the first, the second and both of a pair are set.
  struct Pairs {
    var count = 0
    var first = 0
    var second = 0
    var both = 0

    fileprivate mutating func add(_ a: UInt64, _ b: UInt64) {
      first += a.nonzeroBitCount
      second += b.nonzeroBitCount
      both += (a & b).nonzeroBitCount
    }
  }

  /// The pairs of bits of the same number, of two matrices of one size or of a greater one's start.
  func pairs(with other: Bits) -> Pairs {
    var pairs = Pairs(count: min(count, other.count))
    for (a, b) in zip(words, other.words) { pairs.add(a, b) }
    return pairs
  }

  /// The pairs of bits that lie `lag` apart, each bit in one pair alone: the first of a pair is one of `lag` bits, its
  /// second one of the `lag` next.
  ///
  /// - Parameter lag: a power of two.
  func pairs(apart lag: Int) -> Pairs {
    var pairs = Pairs(count: count / 2)
    if lag < 64 {
      // `lag` ones, `lag` zeros and so on.
      var mask: UInt64 = 0
      for bit in 0..<64 where bit / lag % 2 == 0 { mask |= 1 << UInt64(bit) }
      for word in words { pairs.add(word & mask, word >> UInt64(lag) & mask) }
    } else {
      let distance = lag / 64
      for index in words.indices where index / distance % 2 == 0 {
        pairs.add(words[index], words[index + distance])
      }
    }
    return pairs
  }
}
