import DitherRobustness

/// Whether so many losses against so many gains are beyond chance: were both as likely, so many would be seen with a probability of
/// 10⁻⁹ at most (the exact sign test; McNemar's, of answers to the same rows).
func areBeyondChance(losses: Int, gains: Int) -> Bool {
  losses + gains > 0
    && ClopperPearson.lowerBound(
      successes: losses, trials: losses + gains, failureProbability: 1e-9) > 0.5
}
