import NoiseDistributions

extension Conformance {
  func increases(_ cumulative: any CumulativeDistribution, _ sample: Sample) -> Verdict {
    let draws = sample.matrices[0].independent.filter(\.isFinite)
    guard let (least, greatest) = ends(of: draws) else { return .notTested("no finite draws") }
    var places = draws.prefix(4096).map { Double($0) }
    let margin = max(greatest - least, 1) / 8
    for number in 0...4096 {
      places.append(least - margin + (greatest - least + 2 * margin) * Double(number) / 4096)
    }
    for exponent in stride(from: -120, through: 120, by: 8) {
      let power = Double(sign: .plus, exponent: exponent, significand: 1)
      places += [-power, power]
    }
    places.sort()
    var previous = 0.0
    for x in places {
      let p = cumulative.cumulativeProbability(x)
      if !(p >= 0 && p <= 1) {
        return .broken("the cumulative probability at \(x) is \(p); expected 0…1")
      }
      // What rounding in a formula may do.
      if p < previous - 1e-9 {
        return .broken(
          "the cumulative probability at \(x) is \(p), though that of a lesser number is \(previous)"
        )
      }
      previous = max(previous, p)
    }
    return limits(cumulative) ?? .holds("\(places.count) numbers, -inf, inf and NaN")
  }

  /// The values at what is no finite number, if one is not what it is said to be.
  private func limits(_ cumulative: any CumulativeDistribution) -> Verdict? {
    for (x, limit) in [(-Double.infinity, 0.0), (Double.infinity, 1.0)] {
      let p = cumulative.cumulativeProbability(x)
      if !(abs(p - limit) <= 1e-9) {
        return .broken("the cumulative probability at \(x) is \(p); expected \(limit)")
      }
    }
    let p = cumulative.cumulativeProbability(.nan)
    return p.isNaN ? nil : .broken("the cumulative probability at NaN is \(p); expected NaN")
  }

  private func ends(of draws: [Float]) -> (Double, Double)? {
    guard let first = draws.first else { return nil }
    var (least, greatest) = (first, first)
    for draw in draws { (least, greatest) = (min(least, draw), max(greatest, draw)) }
    return (Double(least), Double(greatest))
  }

  /// Kolmogorov and Smirnov's test, for distributions with steps too.
  ///
  /// At 1,024 draws x of ascending order, and at the greatest, the share of draws at or below x is at most F(x), and the share
  /// below x at least F(x⁻), the limit from below. A draw that was rounded lies within one unit in the last place of what it
  /// was, so F is taken that much above and below.
  func matches(_ cumulative: any CumulativeDistribution, _ sample: Sample) -> Verdict {
    var details: [String] = []
    for matrix in sample.matrices {
      let sorted = matrix.independent.ascending()
      let count = Double(sorted.count)
      // The matrices share the rate; draws come in steps of 2⁻²³ besides.
      let rate = Threshold.failureRate / Double(sample.matrices.count)
      let threshold = Threshold.distribution(count: sorted.count, rate: rate) + 0x1p-23
      var worst = (distance: 0.0, share: 0.0, u: 0.0)
      let step = sorted.count / 1024
      for place in Array(stride(from: 0, to: sorted.count, by: step)) + [sorted.count - 1] {
        let draw = sorted[place]
        let above = cumulative.cumulativeProbability(Double(draw.nextUp))
        let under = cumulative.cumulativeProbability(Double(draw.nextDown))
        guard above >= 0 && above <= 1 && under >= 0 && under <= 1 else {
          return .notTested("the cumulative probability next to \(draw) is not in 0…1")
        }
        let atMost = Double(sorted.firstPlace { $0 > draw }) / count
        let below = Double(sorted.firstPlace { $0 >= draw }) / count
        if atMost - above > worst.distance { worst = (atMost - above, atMost, above) }
        if under - below > worst.distance { worst = (under - below, below, under) }
      }
      details.append(
        "of \(matrix.independentName) the share \(worst.share) has a cumulative probability up to \(worst.u): off by "
          + "\(worst.distance), at most \(threshold) is expected")
      if worst.distance > threshold { return .broken(details.last!) }
    }
    return .holds(details.joined(separator: "; "))
  }
}

extension [Float] {
  /// How many elements of an ascending array come before those that have a property, which the following ones have too.
  fileprivate func firstPlace(where holds: (Float) -> Bool) -> Int {
    var (first, end) = (0, count)
    while first < end {
      let middle = (first + end) / 2
      if holds(self[middle]) { end = middle } else { first = middle + 1 }
    }
    return first
  }
}
