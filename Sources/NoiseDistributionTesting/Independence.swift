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

/// Pairs of draws within one of the sample's matrices: so many places apart among its independent draws.
private struct Distance {
  let name: String
  let places: Int
  let matrix: Int

  init(_ name: String, _ places: Int, matrix: Int) {
    self.name = name
    self.places = places
    self.matrix = matrix
  }

  /// Where all draws are independent: 1,024 are a row of the first matrix, 16 one of the second.
  static let ofTiles = [
    Distance("neighbouring columns", 1, matrix: 0),
    Distance("columns 16 apart, which share words", 16, matrix: 0),
    Distance("columns 32 apart, of one block of words", 32, matrix: 0),
    Distance("columns 64 apart", 64, matrix: 0),
    Distance("neighbouring rows", 1024, matrix: 0),
    Distance("rows 2 apart", 2048, matrix: 0),
    Distance("neighbouring columns of a narrow matrix", 1, matrix: 1),
    Distance("neighbouring rows of a narrow matrix, which share words", 16, matrix: 1),
    Distance("rows 2 apart of a narrow matrix, of one block of words", 32, matrix: 1),
    Distance("rows 4 apart of a narrow matrix", 64, matrix: 1),
  ]

  /// Where one draw of each row is.
  static let ofRows = [
    Distance("neighbouring rows", 1, matrix: 0),
    Distance("rows 2 apart", 2, matrix: 0),
    Distance("rows 4 apart", 4, matrix: 0),
    Distance("neighbouring rows of a narrow matrix, which share words", 1, matrix: 1),
    Distance("rows 2 apart of a narrow matrix, of one block of words", 2, matrix: 1),
    Distance("rows 4 apart of a narrow matrix", 4, matrix: 1),
  ]
}

/// Answers to a question in pairs of draws, and in the matrix that the first of each pair belongs to.
private struct AnsweredPairs {
  let name: String
  let pairs: Bits.Pairs
  /// The share of yes in the matrix.
  let share: Double
  /// The matrix's draws.
  let count: Int

  /// The mean of (a − s)(b − s) over the pairs, where s is the share of yes in the matrix, and how far it may lie from 0.
  func covariance(rate: Double) -> (value: Double, threshold: Double)? {
    guard share > 0 && share < 1 else { return nil }
    let pairCount = Double(pairs.count)
    let ones = Double(pairs.first + pairs.second)
    let value = (Double(pairs.both) - share * ones) / pairCount + share * share
    // The true share lies within `error` of s (Hoeffding); with it in the place of s the mean would be 0.
    let error = Threshold.distribution(count: count, rate: rate)
    let partsError = 2 * Threshold.distribution(count: pairs.count, rate: rate)
    let variance = min(0.25, share * (1 - share) + error)
    let threshold = Threshold.mean(
      count: pairs.count, variance: variance * variance, bound: 1, rate: rate)
    return (value, threshold + error * (error + partsError))
  }
}

extension Conformance {
  /// Whether the answers to a question are correlated between neighbours: the covariance is compared with 0.
  func independence(_ sample: Sample) -> Verdict {
    let thresholds = noise.in(.evaluation).draws(
      from: distribution, site: "thresholds", rows: 64, columns: 64)
    let questions = Questions(thresholds)
    var worst = (excess: 0.0, details: "every draw answers alike")
    for (question, isYes) in [
      ("above the median", questions.isHigh), ("far from the median", questions.isFar),
    ] {
      let answers = answers(sample, isYes)
      // Two questions, with three bounds for each kind of pairs.
      let rate = Threshold.failureRate / Double(6 * answers.count)
      for answer in answers {
        guard let covariance = answer.covariance(rate: rate) else { continue }
        let excess = abs(covariance.value) / covariance.threshold
        if excess > worst.excess {
          worst = (
            excess,
            "\(answer.name): that a draw lies \(question) has the covariance \(covariance.value) between "
              + "them, in \(answer.pairs.count) pairs; 0 ± \(covariance.threshold) is expected"
          )
        }
      }
    }
    return worst.excess > 1 ? .broken(worst.details) : .holds(worst.details)
  }

  private func answers(
    _ sample: Sample, _ isYes: @Sendable (Float) -> Bool
  ) -> [AnsweredPairs] {
    let matrices = sample.matrices.map { Bits($0.independent, where: isYes) }
    var answers: [AnsweredPairs] = []
    for distance in areColumnsIndependent ? Distance.ofTiles : Distance.ofRows {
      let bits = matrices[distance.matrix]
      answers.append(
        AnsweredPairs(
          name: distance.name, pairs: bits.pairs(apart: distance.places), share: bits.share,
          count: bits.count))
    }
    for (neighbour, matrix) in zip(Place.neighbours, sample.neighbours) {
      let bits = Bits(matrix.independent, where: isYes)
      answers.append(
        AnsweredPairs(
          name: neighbour.pairs, pairs: matrices[0].pairs(with: bits), share: matrices[0].share,
          count: matrices[0].count))
    }
    return answers
  }
}
