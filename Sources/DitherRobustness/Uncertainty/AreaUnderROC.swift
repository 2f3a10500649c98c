import DitherRuntime

/// The area under the receiver operating characteristic: the probability that a score of the one kind is greater than one of the
/// other, P(positive > negative) + ½ · P(positive = negative), over all pairs.
///
/// With an uncertainty as the score it says how well that tells rows from out of the distribution (the positives) from rows
/// of the test set: 1 always, ½ not at all.
///
/// ```swift
/// let classifier = NetworkClassifier(model, inputShape: [64])
/// func entropies(_ inputs: Tensor) -> [Double] {
///   monteCarloPrediction(of: classifier, for: inputs, draws: 20, noise: NoiseStream(seed: 42))
///     .predictiveEntropy
/// }
/// let area = areaUnderROC(positives: entropies(inputs * 3), negatives: entropies(inputs))
/// ```
///
/// By the ranks of all scores: Mann & Whitney 1947, *On a test of whether one of two random variables is stochastically larger than
/// the other*. As a measure for rows from out of the distribution: Hendrycks & Gimpel 2017, *A baseline for detecting misclassified and
/// out-of-distribution examples in neural networks*.
///
/// - Parameters:
///   - positives: scores that should be the greater, at least one, each a number.
///   - negatives: scores that should be the smaller, likewise. Others stop the program.
public func areaUnderROC(positives: [Double], negatives: [Double]) -> Double {
  require(
    !positives.isEmpty && !negatives.isEmpty,
    "areaUnderROC: \(positives.count) positives and \(negatives.count) negatives; expected at least one of each"
  )
  requireNumbers(positives, "areaUnderROC", "the positive")
  requireNumbers(negatives, "areaUnderROC", "the negative")
  let scores = positives.map { ($0, 1) } + negatives.map { ($0, 0) }
  let sorted = scores.sorted { $0.0 < $1.0 }
  // Twice the pairs that are in order, an equal pair once: a whole number.
  var ordered = 0
  var below = 0
  var first = 0
  while first < sorted.count {
    var end = first
    var positive = 0
    while end < sorted.count, sorted[end].0 == sorted[first].0 {
      positive += sorted[end].1
      end += 1
    }
    let negative = end - first - positive
    ordered += positive * (2 * below + negative)
    below += negative
    first = end
  }
  return Double(ordered) / (2 * Double(positives.count) * Double(negatives.count))
}
