import NoiseDistributions

/// Two yes-or-no questions to a draw, which any distribution answers: whether it lies above the median, and whether it lies
/// far from it. Their thresholds come from 4,096 draws that are used for nothing else.
private struct Questions {
  let isHigh: @Sendable (Float) -> Bool
  let isFar: @Sendable (Float) -> Bool

  init(_ draws: [Float]) {
    let median = Self.median(draws)
    isHigh = Self.above(median, draws) { $0 }
    let distance = Self.median(draws.map { abs($0 - median) })
    isFar = Self.above(distance, draws) { abs($0 - median) }
  }

  private static func median(_ values: [Float]) -> Float { values.sorted()[values.count / 2] }

  /// Above the threshold, or at it too: what halves the draws better, as many of them may be at the threshold.
  private static func above(
    _ threshold: Float, _ draws: [Float], _ value: @escaping @Sendable (Float) -> Float
  ) -> @Sendable (Float) -> Bool {
    let strictly = draws.count { value($0) > threshold }
    let atLeast = draws.count { value($0) >= threshold }
    let isStrict = abs(2 * strictly - draws.count) <= abs(2 * atLeast - draws.count)
    if isStrict { return { value($0) > threshold } }
    return { value($0) >= threshold }
  }
}

/// Pairs of draws whose addresses are neighbours.
private enum Neighbours {
  /// Draws so many places apart in a sample's matrix, row after row.
  case apart(Int, matrix: Int)
  /// Draws of the same place in a sample's first matrix and in another.
  case alike(@Sendable (NoiseStream) -> NoiseStream, site: String = "sample", slot: Int = 0)

  static let all: [(name: String, pairs: Neighbours)] = [
    ("neighbouring columns", .apart(1, matrix: 0)),
    ("columns 16 apart, which share words", .apart(16, matrix: 0)),
    ("columns 32 apart, of one block of words", .apart(32, matrix: 0)),
    ("columns 64 apart", .apart(64, matrix: 0)),
    ("neighbouring rows", .apart(1024, matrix: 0)),
    ("rows 2 apart", .apart(2048, matrix: 0)),
    ("neighbouring columns of a narrow matrix", .apart(1, matrix: 1)),
    ("neighbouring rows of a narrow matrix, which share words", .apart(16, matrix: 1)),
    ("rows 2 apart of a narrow matrix, of one block of words", .apart(32, matrix: 1)),
    ("rows 4 apart of a narrow matrix", .apart(64, matrix: 1)),
    ("neighbouring steps", .alike { $0.at(step: $0.step + 1) }),
    ("neighbouring seeds", .alike { NoiseStream(seed: $0.seed &+ 1) }),
    ("two domains", .alike { $0.in(.sampling) }),
    ("two sites", .alike({ $0 }, site: "sampled")),
    ("two slots", .alike({ $0 }, slot: 1)),
  ]
}

extension Conformance {
  /// Whether the answers to a question are correlated between neighbours: the covariance is compared with 0.
  func independence(_ sample: Sample) -> Verdict {
    let thresholds = noise.in(.evaluation).draws(
      from: distribution, site: "thresholds", rows: 64, columns: 64)
    let questions = Questions(thresholds)
    var worst = (excess: 0.0, details: "every draw answers alike")
    // Bit by bit the questions of the sample's two matrices; those of another matrix as it is drawn.
    let high = sample.matrices.map { Bits($0.draws, where: questions.isHigh) }
    let far = sample.matrices.map { Bits($0.draws, where: questions.isFar) }
    for (name, neighbours) in Neighbours.all {
      let pairs: [(Bits.Pairs, Double)]
      switch neighbours {
      case .apart(let lag, let matrix):
        pairs = [high, far].map { ($0[matrix].pairs(apart: lag), $0[matrix].share) }
      case .alike(let other, let site, let slot):
        let draws = other(noise).draws(
          from: distribution, site: site, slot: slot, rows: 512, columns: 1024)
        pairs = zip([high[0], far[0]], [questions.isHigh, questions.isFar]).map { bits, question in
          (bits.pairs(with: Bits(draws, where: question)), bits.share)
        }
      }
      for ((pairs, share), question) in zip(pairs, ["above the median", "far from the median"]) {
        guard let finding = covariance(pairs, share: share) else { continue }
        let excess = abs(finding.covariance) / finding.threshold
        if excess > worst.excess {
          worst = (
            excess,
            "\(name): that a draw lies \(question) has the covariance \(finding.covariance) between them, "
              + "in \(pairs.count) pairs; 0 ± \(finding.threshold) is expected"
          )
        }
      }
    }
    return worst.excess > 1 ? .broken(worst.details) : .holds(worst.details)
  }

  /// The mean of (a − s)(b − s) over the pairs, where s is the share of yes in the sample, and how far it may lie from 0.
  private func covariance(
    _ pairs: Bits.Pairs, share: Double
  ) -> (covariance: Double, threshold: Double)? {
    guard share > 0 && share < 1 else { return nil }
    let count = Double(pairs.count)
    let ones = Double(pairs.first + pairs.second)
    let covariance = (Double(pairs.both) - share * ones) / count + share * share
    let rate = Threshold.failureRate / Double(6 * Neighbours.all.count)
    // The true share lies within `error` of s (Hoeffding); with it in the place of s the mean would be 0.
    let error = Threshold.distribution(count: Sample.count, rate: rate)
    let partsError = 2 * Threshold.distribution(count: pairs.count, rate: rate)
    let variance = min(0.25, share * (1 - share) + error)
    let threshold = Threshold.mean(
      count: pairs.count, variance: variance * variance, bound: 1, rate: rate)
    return (covariance, threshold + error * (error + partsError))
  }
}
