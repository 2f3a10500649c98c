import NoiseDistributions

extension Conformance {
  /// Whether draws at other addresses have the distribution of the sample's first matrix, by Kolmogorov and Smirnov's distance of
  /// two samples: each lies so near to the true distribution that both together bound it, whatever that is.
  func sameDistribution(_ sample: Sample) -> Verdict {
    let first = sample.matrices[0]
    let others = others(of: sample)
    let rate = Threshold.failureRate / Double(others.count + 1)
    let sorted = first.independent.ascending()
    let ownThreshold = Threshold.distribution(count: sorted.count, rate: rate)
    var worst = (excess: -1.0, details: "")
    for (name, draws) in others {
      let threshold = ownThreshold + Threshold.distribution(count: draws.count, rate: rate)
      let seen = greatestDistance(sorted, draws.ascending())
      let excess = abs(seen.share - seen.otherShare) / threshold
      if excess > worst.excess {
        worst = (
          excess,
          "at most \(seen.value) is a share of \(seen.share) of \(first.independentName), and of "
            + "\(seen.otherShare) of \(name); \(threshold) apart at most is expected"
        )
      }
    }
    return worst.excess > 1
      ? .broken(worst.details)
      : .holds("in \(others.count) comparisons; the worst: \(worst.details)")
  }

  /// The other matrices, and single columns where they are long enough to tell something.
  private func others(of sample: Sample) -> [(name: String, draws: [Float])] {
    var others: [(name: String, draws: [Float])] = []
    for matrix in sample.everyMatrix.dropFirst() {
      others.append((matrix.independentName, matrix.independent))
    }
    for matrix in sample.matrices where matrix.rows >= 1 << 14 {
      for column in [0, 1, matrix.columns - 1] {
        others.append(("column \(column) of \(matrix.name)", matrix.column(column)))
      }
    }
    return others
  }
}

/// Where the shares of two ascending arrays at or below a value differ most, and these shares. No element may be NaN.
private func greatestDistance(
  _ a: [Float], _ b: [Float]
) -> (value: Float, share: Double, otherShare: Double) {
  var worst = (value: Float(0), share: 0.0, otherShare: 0.0)
  var (first, second) = (0, 0)
  while first < a.count && second < b.count {
    let value = min(a[first], b[second])
    while first < a.count && a[first] <= value { first += 1 }
    while second < b.count && b[second] <= value { second += 1 }
    let share = Double(first) / Double(a.count)
    let otherShare = Double(second) / Double(b.count)
    if abs(share - otherShare) > abs(worst.share - worst.otherShare) {
      worst = (value, share, otherShare)
    }
  }
  return worst
}
