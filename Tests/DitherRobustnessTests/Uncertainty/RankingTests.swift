import DitherRobustness
import NoiseDistributions
import TestSupport
import Testing

@Suite("Rejection and areas under the ROC")
struct RankingTests {
  /// Draws on a grid, so that some are equal.
  private func scores(_ count: Int, seed: UInt64, mean: Float = 0) -> [Double] {
    NoiseStream(seed: seed).draws(
      from: Gaussian(mean: mean, standardDeviation: 1), site: "scores", rows: 1, columns: count
    ).map { Double((4 * $0).rounded() / 4) }
  }

  @Test("The area under the ROC is the share of pairs in order, equal ones half", arguments: 0..<10)
  func bruteForce(seed: Int) {
    let positives = scores(37, seed: UInt64(2 * seed), mean: 0.7)
    let negatives = scores(53, seed: UInt64(2 * seed + 1))
    var sum = 0.0
    for positive in positives {
      for negative in negatives {
        sum += positive > negative ? 1 : positive == negative ? 0.5 : 0
      }
    }
    let received = areaUnderROC(positives: positives, negatives: negatives)
    #expect(received == sum / (37 * 53))
    let reversed = areaUnderROC(positives: negatives, negatives: positives)
    #expect(abs(received + reversed - 1) < 1e-15)
  }

  @Test("It is 1 where all are in order, 0 the other way round, ½ where all are equal")
  func extremes() {
    #expect(areaUnderROC(positives: [3, 4], negatives: [1, 2, 2.5]) == 1)
    #expect(areaUnderROC(positives: [1, 2], negatives: [3]) == 0)
    #expect(areaUnderROC(positives: [7, 7], negatives: [7, 7, 7]) == 0.5)
    #expect(areaUnderROC(positives: [.infinity], negatives: [-.infinity, .infinity]) == 0.75)
  }

  private func permutations(_ count: Int) -> [[Int]] {
    if count == 0 { return [[]] }
    return permutations(count - 1).flatMap { shorter in
      (0..<count).map { place in
        var longer = shorter
        longer.insert(count - 1, at: place)
        return longer
      }
    }
  }

  @Test("Accuracies of the rows that are kept are the means over all orders of equal ones")
  func rejection() {
    let uncertainty = [0.5, 0.1, 0.5, 0.9, 0.5, 0.1]
    let isCorrect = [true, true, false, false, true, false]
    var (sums, orders) = ([Double](repeating: 0, count: 6), 0.0)
    for order in permutations(6) {
      let sorted = order.map { uncertainty[$0] }
      guard zip(sorted, sorted.dropFirst()).allSatisfy({ $0 <= $1 }) else { continue }
      orders += 1
      for kept in 1...6 {
        sums[kept - 1] += Double(order.prefix(kept).count { isCorrect[$0] }) / Double(kept)
      }
    }
    #expect(orders == 12)
    let curve = RejectionCurve(uncertainty: uncertainty, isCorrect: isCorrect)
    #expect(curve.accuracies.count == 6)
    for (received, sum) in zip(curve.accuracies, sums) { #expect(abs(received - sum / 12) < 1e-14) }
    #expect(curve.accuracies[5] == 0.5 && curve.accuracies[1] == 0.5)
    #expect(abs(curve.area - curve.accuracies.reduce(0, +) / 6) < 1e-15)
    #expect(curve.accuracy(rejecting: 0) == curve.accuracies[5])
    #expect(curve.accuracy(rejecting: 0.5) == curve.accuracies[2])
    #expect(curve.accuracy(rejecting: 0.6) == curve.accuracies[2])
    #expect(curve.accuracy(rejecting: 1) == curve.accuracies[0])
  }

  @Test("Of n rows ⌈(100 − h) · n / 100⌉ are kept where h hundredths are rejected, by integers")
  func kept() {
    for count in Array(1...60) + [100, 449, 1000, 4096] {
      // The accuracy of k rows is 1 / k.
      let curve = RejectionCurve(
        uncertainty: (0..<count).map(Double.init), isCorrect: (0..<count).map { $0 == 0 })
      for hundredths in 0...100 {
        let kept = max(((100 - hundredths) * count + 99) / 100, 1)
        let received = curve.accuracy(rejecting: Double(hundredths) / 100)
        #expect(received == 1 / Double(kept), "\(hundredths) % of \(count)")
      }
    }
  }

  @Test(
    "Uncertainty that knows which answers are wrong leaves the right ones; that of no use leaves the accuracy"
  )
  func extremesOfRejection() {
    let isCorrect = (0..<10).map { $0 < 7 }
    let known = RejectionCurve(uncertainty: isCorrect.map { $0 ? 0 : 1 }, isCorrect: isCorrect)
    #expect(known.accuracies.prefix(7).allSatisfy { $0 == 1 } && known.accuracies[9] == 0.7)
    let useless = RejectionCurve(
      uncertainty: Array(repeating: 1, count: 10), isCorrect: isCorrect)
    #expect(useless.accuracies.allSatisfy { abs($0 - 0.7) < 1e-15 })
  }

  @Test("What cannot be ranked stops the program")
  func misuse() async {
    let numbers = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = areaUnderROC(positives: [1, .nan], negatives: [0])
    }
    expect(numbers, says: "areaUnderROC: the positive of row 1 is not a number; expected one")
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = areaUnderROC(positives: [1], negatives: [])
    }
    expect(none, says: "areaUnderROC: 1 positives and 0 negatives; expected at least one of each")
    let counts = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RejectionCurve(uncertainty: [1], isCorrect: [true, false])
    }
    expect(counts, says: "RejectionCurve: 1 uncertainties and 2 answers; expected as many of both")
    let share = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RejectionCurve(uncertainty: [1], isCorrect: [true]).accuracy(rejecting: 1.5)
    }
    expect(share, says: "RejectionCurve: the share is 1.5; expected 0…1")
    let draws = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = monteCarloPrediction(
        of: aboveLevel(0), for: tenRows().inputs, draws: 0, noise: NoiseStream(seed: 1))
    }
    expect(draws, says: "monteCarloPrediction: draws is 0; expected at least 1")
  }
}
