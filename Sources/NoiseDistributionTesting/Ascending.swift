extension [Float] {
  /// The elements in ascending order, −0 before 0. A radix sort of their bits: three passes, where a sort by comparisons takes
  /// twenty for a million draws, and most of the time that a check of a distribution takes.
  func ascending() -> [Float] {
    let sign: UInt32 = 1 << 31
    // These order as the numbers do: of a negative number all bits are turned, of another the sign alone.
    var keys = map { $0.bitPattern & sign == 0 ? $0.bitPattern | sign : ~$0.bitPattern }
    var moved = keys
    for shift in [0, 11, 22] as [UInt32] {
      var places = [Int](repeating: 0, count: 1 << 11)
      for key in keys { places[Int(key >> shift & 0x7FF)] += 1 }
      var next = 0
      for digit in places.indices { (places[digit], next) = (next, next + places[digit]) }
      for key in keys {
        let digit = Int(key >> shift & 0x7FF)
        moved[places[digit]] = key
        places[digit] += 1
      }
      swap(&keys, &moved)
    }
    return keys.map { Float(bitPattern: $0 & sign == 0 ? ~$0 : $0 & ~sign) }
  }
}
