/// The probability that of so many fair coins one side, whichever, comes up as often as it did or more often: the two-sided
/// binomial test of p = ½.
///
/// - Parameters:
///   - successes: 0…trials.
///   - trials: 0 or more; of none the result is 1.
package func fairCoinProbability(successes: Int, trials: Int) -> Double {
  let more = max(successes, trials - successes)
  if 2 * more == trials { return 1 }
  return min(1, 2 * IncompleteBeta.probability(0.5, Double(more), Double(trials - more + 1)))
}
