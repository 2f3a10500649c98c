import NoiseDistributions

/// Means of many groups of draws, and their median: it is near the expectation whatever the tails, where one mean of
/// all would need a bound on the draws.
///
/// If the expectation of a group's mean is e and its variance v, the mean is farther than √(7·v) from e with a
/// probability of at most 1/7 (Chebyshev), and the median of 64 groups is only if 32 of them are: with a probability of at most
/// 1.4 · 10⁻¹¹ (binomial). Lugosi, Mendelson: *Mean estimation and regression under heavy-tailed distributions* (2019), section 2.1.
struct MedianOfMeans {
  static let groups = 64
  private var sums = [Double](repeating: 0, count: MedianOfMeans.groups)
  private let size: Int

  init(count: Int) { size = count / Self.groups }

  mutating func add(_ value: Double, at index: Int) { sums[index / size] += value }

  var median: Double {
    let sorted = sums.sorted()
    return (sorted[Self.groups / 2 - 1] + sorted[Self.groups / 2]) / 2 / Double(size)
  }

  /// How far the median lies from the expectation at most, for draws of that variance.
  func threshold(variance: Double) -> Double { (7 * variance / Double(size)).squareRoot() }
}

/// What is seen of one matrix of draws, as z = (draw − mean) / standard deviation of the stated moments.
struct Moments {
  /// Where squares are cut off, to have a bound.
  static let bounds = [8.0, 64, 512, 4096]

  /// Which draws they are.
  let name: String
  private(set) var mean: MedianOfMeans
  private(set) var square: MedianOfMeans
  /// How many draws.
  let count: Int
  /// Means of min(z², bound).
  let cutSquares: [Double]
  let kurtosis: Double

  init(_ name: String, _ draws: [Float], mean centre: Double, variance: Double) {
    self.name = name
    count = draws.count
    let deviation = variance.squareRoot()
    mean = MedianOfMeans(count: draws.count)
    square = mean
    var (squares, fourths) = (0.0, 0.0)
    var (cut8, cut64, cut512, cut4096) = (0.0, 0.0, 0.0, 0.0)
    for (index, draw) in draws.enumerated() {
      let z = (Double(draw) - centre) / deviation
      let z2 = z * z
      mean.add(z, at: index)
      square.add(z2, at: index)
      squares += z2
      fourths += z2 * z2
      cut8 += min(z2, 8)
      cut64 += min(z2, 64)
      cut512 += min(z2, 512)
      cut4096 += min(z2, 4096)
    }
    let total = Double(draws.count)
    cutSquares = [cut8, cut64, cut512, cut4096].map { $0 / total }
    kurtosis = squares == 0 ? 0 : fourths * total / (squares * squares)
  }
}

extension Conformance {
  /// Why a moment cannot be compared with draws, if so.
  private var untestable: Verdict? {
    let (mean, variance) = (distribution.mean, distribution.variance)
    if mean.isNaN && !variance.isNaN {
      return .broken("the mean is stated as NaN and the variance as \(variance); expected NaN too")
    }
    if mean.isInfinite && variance.isFinite {
      return .broken("the mean is stated as \(mean) and the variance as \(variance), a finite one")
    }
    if variance < 0 {
      return .broken("the variance is stated as \(variance); expected 0 or more, infinity or NaN")
    }
    return mean.isFinite && variance.isFinite
      ? nil : .notTested("mean \(mean) and variance \(variance) are stated, which no sample bounds")
  }

  /// Empty where there are none to compare, or no variance.
  func moments(_ sample: Sample) -> [Moments] {
    let (mean, variance) = (distribution.mean, distribution.variance)
    guard untestable == nil && variance > 0 else { return [] }
    return sample.matrices.map {
      Moments($0.independentName, $0.independent, mean: mean, variance: variance)
    }
  }

  func mean(_ sample: Sample, _ moments: [Moments], _ quantiles: QuantileTable?) -> Verdict {
    if let untestable { return .notTested(untestable.details) }
    let (mean, variance) = (distribution.mean, distribution.variance)
    if variance == 0 { return constant(sample) }
    let deviation = variance.squareRoot()
    if let quantiles, quantiles.isDrawn {
      let seen = quantiles.mean
      if !(abs(seen - mean) <= 1e-3 * deviation) {
        return .broken("the mean of the quantiles is \(seen); \(mean) is stated")
      }
    }
    var details: [String] = []
    for seen in moments {
      let threshold = seen.mean.threshold(variance: 1) * deviation
      let found = mean + seen.mean.median * deviation
      details.append(
        "of \(seen.name) the median of \(MedianOfMeans.groups) means is \(found); "
          + "\(mean) ± \(threshold) is expected")
      if !(abs(found - mean) <= threshold) { return .broken(details.last!) }
    }
    return .holds(details.joined(separator: "; "))
  }

  /// Without a variance every draw is the mean.
  private func constant(_ sample: Sample) -> Verdict {
    let mean = distribution.mean
    for matrix in sample.everyMatrix {
      if let other = matrix.all.first(where: { abs(Double($0) - mean) > abs(mean) * 0x1p-22 }) {
        return .broken(
          "the variance is stated as 0 and the mean as \(mean); of \(matrix.name) one is \(other)")
      }
    }
    return .holds("every draw is \(mean)")
  }

  func variance(_ sample: Sample, _ moments: [Moments], _ quantiles: QuantileTable?) -> Verdict {
    if let untestable { return untestable }
    let (mean, variance) = (distribution.mean, distribution.variance)
    if variance == 0 { return constant(sample) }
    let isDrawn = quantiles?.isDrawn == true
    if let quantiles, isDrawn {
      let seen = quantiles.variance
      if !(abs(seen - variance) <= 1e-2 * variance) {
        return .broken("the variance of the quantiles is \(seen); \(variance) is stated")
      }
    }
    var details: [String] = []
    var isSmallnessTested = true
    for seen in moments {
      // Too great a variance: E min(z², c) is at most E z² = 1, and the variance of min(z², c) at most c.
      for (cut, bound) in zip(seen.cutSquares, Moments.bounds) {
        let threshold = Threshold.mean(
          count: seen.count, variance: bound, bound: bound, rate: Threshold.failureRate / 16)
        if !(cut <= 1 + threshold) {
          return .broken(
            "of \(seen.name) the mean square distance from \(mean), each square at most \(bound) · \(variance), is "
              + "\(cut * variance); \(variance) is stated, at most \((1 + threshold) * variance) expected"
          )
        }
      }
      // Too small a one: the variance of z² is the kurtosis less 1.
      let found = seen.square.median * variance
      let threshold = seen.square.threshold(variance: kurtosis - 1) * variance
      // What is seen may lie somewhat above the distribution's own.
      guard seen.kurtosis <= 1.1 * kurtosis && threshold < variance else {
        isSmallnessTested = false
        details.append(
          "of \(seen.name) the variance is not too great; whether it is too small cannot be said by "
            + "\(seen.count) draws, as the kurtosis seen is \(seen.kurtosis) and \(kurtosis) was given as the greatest"
        )
        continue
      }
      details.append(
        "of \(seen.name) the median of \(MedianOfMeans.groups) variances is \(found); "
          + "\(variance) is stated, at least \(variance - threshold) expected")
      if found < variance - threshold { return .broken(details.last!) }
    }
    let text = details.joined(separator: "; ")
    // Where draws are the quantiles, these have told it.
    return isSmallnessTested || isDrawn ? .holds(text) : .notTested(text)
  }
}
