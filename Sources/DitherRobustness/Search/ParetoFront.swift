/// What no other beats at once without noise and under it.
enum ParetoFront {
  /// For each pair of scores the number of the front it is on: 0 if no other is at least as high in both and higher in one, 1 if
  /// none is of those that are left when front 0 is taken away, and so on (Goldberg 1989, *Genetic algorithms in search,
  /// optimization, and machine learning*).
  static func ranks(_ scores: [(clean: Double, noisy: Double)]) -> [Int] {
    var ranks = [Int?](repeating: nil, count: scores.count)
    var left = Array(scores.indices)
    var rank = 0
    while !left.isEmpty {
      let front = left.filter { place in
        !left.contains { dominates(scores[$0], scores[place]) }
      }
      for place in front { ranks[place] = rank }
      left.removeAll { ranks[$0] != nil }
      rank += 1
    }
    return ranks.map { $0! }
  }

  private static func dominates(
    _ one: (clean: Double, noisy: Double), _ other: (clean: Double, noisy: Double)
  ) -> Bool {
    one.clean >= other.clean && one.noisy >= other.noisy && one != other
  }
}
