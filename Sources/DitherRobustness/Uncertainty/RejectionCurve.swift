import DitherRuntime

/// Accuracy against rejection: how often a classifier is right about the rows that it is surest of.
///
/// Where the uncertainty is worth something, accuracy grows as more rows are left without an answer.
///
/// Rows of the same uncertainty are kept in no order: an accuracy is the mean over all orders of theirs.
///
/// Geifman & El-Yaniv 2017, *Selective classification for deep neural networks*.
public struct RejectionCurve: Hashable, Sendable {
  /// The accuracy of the k surest rows, at index k − 1: the last is that of all rows.
  public let accuracies: [Double]

  /// - Parameters:
  ///   - uncertainty: of each row, at least one, each a number; predictive entropy, mutual information, 1 − confidence, or another.
  ///   - isCorrect: of each row whether it was answered rightly. Others stop the program.
  public init(uncertainty: [Double], isCorrect: [Bool]) {
    require(
      uncertainty.count == isCorrect.count && !uncertainty.isEmpty,
      "RejectionCurve: \(uncertainty.count) uncertainties and \(isCorrect.count) answers; expected as many of both, at least one"
    )
    requireNumbers(uncertainty, "RejectionCurve", "the uncertainty")
    let order = uncertainty.indices.sorted { uncertainty[$0] < uncertainty[$1] }
    var accuracies: [Double] = []
    accuracies.reserveCapacity(order.count)
    var correct = 0
    var first = 0
    while first < order.count {
      var end = first
      var correctOfEquals = 0
      while end < order.count, uncertainty[order[end]] == uncertainty[order[first]] {
        if isCorrect[order[end]] { correctOfEquals += 1 }
        end += 1
      }
      let share = Double(correctOfEquals) / Double(end - first)
      for kept in first + 1...end {
        accuracies.append((Double(correct) + share * Double(kept - first)) / Double(kept))
      }
      correct += correctOfEquals
      first = end
    }
    self.accuracies = accuracies
  }

  /// The accuracy of the rows that are kept where a share of them is rejected: of n rows ⌈(1 − share) · n⌉ are, at least one.
  ///
  /// - Parameter share: 0…1; another stops the program.
  public func accuracy(rejecting share: Double) -> Double {
    require(
      share >= 0 && share <= 1, "RejectionCurve: the share is \(share); expected 0…1")
    // A product that is a whole number but for the rounding of the share is that number.
    let count = Double(accuracies.count)
    let kept = Int(((1 - share) * count - count * 0x1p-50).rounded(.up))
    return accuracies[max(kept, 1) - 1]
  }

  /// The area under the curve: the mean of ``accuracies``, 1 less the area under the curve of risk and coverage.
  public var area: Double { accuracies.reduce(0, +) / Double(accuracies.count) }
}

/// Stops at what cannot be put into an order.
func requireNumbers(_ values: [Double], _ thing: String, _ name: String) {
  guard let row = values.firstIndex(where: \.isNaN) else { return }
  misuse("\(thing): \(name) of row \(row) is not a number; expected one")
}
