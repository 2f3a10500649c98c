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
    let rows = shuffledRows(site: "split", seed: seed)
    let total = Int((Double(count) * testFraction).rounded())
    let shares = LabelledData.shares(of: total, exact: rows.map { Double($0.count) * testFraction })
    var isTest = [Bool](repeating: false, count: count)
    for (order, share) in zip(rows, shares) {
      for row in order.prefix(share) { isTest[row] = true }
    }
    return parted(isTest)
  }

  /// Splits off parts of stated sizes, with the same share of each class in all: a function of the data, the sizes and the seed.
  ///
  /// Each part takes of each class, within one, its share of the rows that the parts before it have left. Parts keep the order of
  /// the data; rows beyond the sizes' sum are in none.
  ///
  /// ```swift
  /// let parts = data.stratifiedSplit(sizes: [64, 32, 32], seed: 1)   // training, validation, test
  /// ```
  ///
  /// - Parameters:
  ///   - sizes: the rows of each part, 0 or more each, together at most as many as there are.
  ///   - seed: another seed gives another split.
  public func stratifiedSplit(sizes: [Int], seed: UInt64) -> [LabelledData] {
    var free = count
    for size in sizes {
      require(
        size >= 0 && size <= free,
        "stratifiedSplit: sizes \(sizes) of \(count) rows; expected 0 or more each, together at most the rows"
      )
      free -= size
    }
    var rows = shuffledRows(site: "split", seed: seed).map { $0[...] }
    var left = count
    return sizes.map { size in
      // A quotient of whole numbers: exact where the share is whole.
      let exact = rows.map { Double($0.count * size) / Double(max(left, 1)) }
      let shares = LabelledData.shares(of: size, exact: exact)
      left -= size
      var part: [Int] = []
      for (label, share) in shares.enumerated() {
        part += rows[label].prefix(share)
        rows[label] = rows[label].dropFirst(share)
      }
      return subset(part.sorted())
    }
  }

  /// Splits the rows in two, each group whole on one side: all of a speaker's recordings, say, so that the test part is of speakers
  /// that training never heard. A function of the data, the groups, the fraction and the seed.
  ///
  /// The test part has round(`testFraction` · number of groups) groups, each group as likely as another whatever its size, but at
  /// a fraction between 0 and 1 neither part is left without a group. Both parts keep the order of the data.
  ///
  /// - Parameters:
  ///   - groups: the group of each row.
  ///   - testFraction: of the groups, in 0...1; other than 0 and 1 it needs two groups or more.
  ///   - seed: another seed gives another split.
  public func groupedSplit(
    by groups: [some Hashable], testFraction: Double, seed: UInt64
  ) -> (training: LabelledData, test: LabelledData) {
    require(
      testFraction >= 0 && testFraction <= 1,
      "groupedSplit: testFraction is \(testFraction); expected 0...1")
    let (numbers, groupCount) = numbered(groups, "groupedSplit")
    var total = Int((Double(groupCount) * testFraction).rounded())
    if testFraction > 0 && testFraction < 1 {
      require(
        groupCount >= 2,
        "groupedSplit: testFraction is \(testFraction) of \(groupCount) groups; expected at least 2, one for each part"
      )
      total = min(max(total, 1), groupCount - 1)
    }
    let order = Permutation(seed: seed, site: "groups").shuffled(Array(0..<groupCount))
    var isTestGroup = [Bool](repeating: false, count: groupCount)
    for group in order.prefix(total) { isTestGroup[group] = true }
    return parted(numbers.map { isTestGroup[$0] })
  }
}

// MARK: What splits share

extension LabelledData {
  /// The rows of each class, in an order of the seed's.
  func shuffledRows(site: String, seed: UInt64) -> [[Int]] {
    var rows = [[Int]](repeating: [], count: classes)
    for (row, label) in labels.enumerated() { rows[label].append(row) }
    return rows.enumerated().map { label, rows in
      Permutation(seed: seed, site: site, slot: label).shuffled(rows)
    }
  }

  /// The group of each row as a number, in the order in which groups first appear, and how many there are.
  func numbered<Group: Hashable>(
    _ groups: [Group], _ operation: String
  ) -> (numbers: [Int], count: Int) {
    require(
      groups.count == count,
      "\(operation): \(groups.count) groups for \(count) rows; expected the group of each row")
    var known: [Group: Int] = [:]
    let numbers = groups.map { group in
      if let number = known[group] { return number }
      known[group] = known.count
      return known.count - 1
    }
    return (numbers, known.count)
  }

  func parted(_ isTest: [Bool]) -> (training: LabelledData, test: LabelledData) {
    (
      subset((0..<count).filter { !isTest[$0] }), subset((0..<count).filter { isTest[$0] })
    )
  }

  /// Shares rounded so that together they make the total.
  private static func shares(of total: Int, exact: [Double]) -> [Int] {
    var shares = exact.map { Int($0.rounded(.down)) }
    let byRemainder = exact.indices.sorted { left, right in
      let (a, b) = (exact[left] - Double(shares[left]), exact[right] - Double(shares[right]))
      return a == b ? left < right : a > b
    }
    for label in byRemainder.prefix(max(0, total - shares.reduce(0, +))) { shares[label] += 1 }
    return shares
  }
}
