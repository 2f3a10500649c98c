import DitherRuntime

extension LabelledData {
  /// Splits the rows in two, with the same share of each class in both: a function of the data, the fraction and the
  /// seed.
  ///
  /// The test part has round(`testFraction` · count) rows, and of each class within one of `testFraction` · its count:
  /// shares are rounded down, and rows that remain go to the classes with the greatest remainders, the first of
  /// equals. Both parts keep the order of the data.
  ///
  /// - Parameters:
  ///   - testFraction: in 0...1.
  ///   - seed: another seed gives another split.
  public func stratifiedSplit(
    testFraction: Double, seed: UInt64
  ) -> (training: LabelledData, test: LabelledData) {
    require(
      testFraction >= 0 && testFraction <= 1,
      "stratifiedSplit: testFraction is \(testFraction); expected 0...1")
    var rows = [[Int]](repeating: [], count: classes)
    for (row, label) in labels.enumerated() { rows[label].append(row) }
    let shares = LabelledData.shares(of: rows.map(\.count), fraction: testFraction)
    var isTest = [Bool](repeating: false, count: count)
    for label in 0..<classes {
      let order = Permutation(seed: seed, site: "split", slot: label).shuffled(rows[label])
      for row in order.prefix(shares[label]) { isTest[row] = true }
    }
    return (
      subset((0..<count).filter { !isTest[$0] }), subset((0..<count).filter { isTest[$0] })
    )
  }

  /// A fraction of each count, rounded so that together they make the rounded fraction of the total.
  private static func shares(of counts: [Int], fraction: Double) -> [Int] {
    let exact = counts.map { Double($0) * fraction }
    var shares = exact.map { Int($0.rounded(.down)) }
    let total = Int((Double(counts.reduce(0, +)) * fraction).rounded())
    let byRemainder = counts.indices.sorted { left, right in
      let (a, b) = (exact[left] - Double(shares[left]), exact[right] - Double(shares[right]))
      return a == b ? left < right : a > b
    }
    for label in byRemainder.prefix(max(0, total - shares.reduce(0, +))) { shares[label] += 1 }
    return shares
  }
}
