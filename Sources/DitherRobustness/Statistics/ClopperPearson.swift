import DitherRuntime

/// Exact bounds on the probability of success behind a count of successes (Clopper & Pearson 1934, *The use of confidence or fiducial
/// limits illustrated in the case of the binomial*).
///
/// ```swift
/// let interval = ClopperPearson.interval(successes: 92, trials: 100)   // 0.8484 ... 0.9648
/// ```
public enum ClopperPearson {
  /// The bound that the probability lies below with at most the probability α: the α quantile of Beta(k, n − k + 1) for k successes
  /// of n; 0 for none. Of up to a million trials it is exact to 10⁻¹¹ of itself, of more to fewer digits: to 2 · 10⁻¹⁰ for one success of
  /// ten million at α = 0.9.
  ///
  /// - Parameters:
  ///   - successes: 0…trials.
  ///   - trials: at least 1.
  ///   - failureProbability: α, above 0 and below 1. Others stop the program.
  public static func lowerBound(
    successes: Int, trials: Int, failureProbability: Double
  ) -> Double {
    requireCounts(successes, trials)
    requireProbability(failureProbability, "ClopperPearson", "failureProbability")
    if successes == 0 { return 0 }
    return IncompleteBeta.quantile(
      failureProbability, Double(successes), Double(trials - successes + 1))
  }

  /// The bound that the probability lies above with at most the probability α: the 1 − α quantile of Beta(k + 1, n − k); 1 where
  /// all succeed.
  ///
  /// - Parameters:
  ///   - successes: 0…trials.
  ///   - trials: at least 1.
  ///   - failureProbability: α, above 0 and below 1. Others stop the program.
  public static func upperBound(
    successes: Int, trials: Int, failureProbability: Double
  ) -> Double {
    requireCounts(successes, trials)
    return 1
      - lowerBound(
        successes: trials - successes, trials: trials, failureProbability: failureProbability)
  }

  /// The interval that holds the probability with at least the probability `confidence`, what is left shared by both sides.
  ///
  /// - Parameters:
  ///   - successes: 0…trials.
  ///   - trials: at least 1.
  ///   - confidence: above 0 and below 1. Others stop the program.
  public static func interval(
    successes: Int, trials: Int, confidence: Double = 0.95
  ) -> ClosedRange<Double> {
    requireProbability(confidence, "ClopperPearson", "confidence")
    let side = (1 - confidence) / 2
    return lowerBound(
      successes: successes, trials: trials, failureProbability: side)...upperBound(
        successes: successes, trials: trials, failureProbability: side)
  }

  private static func requireCounts(_ successes: Int, _ trials: Int) {
    require(trials >= 1, "ClopperPearson: trials is \(trials); expected at least 1")
    require(
      successes >= 0 && successes <= trials,
      "ClopperPearson: successes is \(successes); expected 0…\(trials), the trials")
  }
}

func requireProbability(_ probability: Double, _ thing: String, _ name: String) {
  require(
    probability > 0 && probability < 1,
    "\(thing): \(name) is \(probability); expected above 0 and below 1")
}
