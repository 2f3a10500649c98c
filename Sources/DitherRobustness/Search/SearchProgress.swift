/// How far a search is: given after each trial.
public struct SearchProgress: Sendable {
  /// A part of a search.
  public enum Phase: Hashable, Sendable {
    /// A round of halving, from 1.
    case round(Int, of: Int)
    /// The finalists and no noise are trained in full.
    case finalists
    /// Scales around the winner's are.
    case scales
  }

  /// What is being done.
  public let phase: Phase
  /// The trial that ended.
  public let trial: SearchTrial
  /// Its scores; nil if it met a number that is not finite.
  public let scores: TrialScores?
  /// Epochs so far, those before a resumption included.
  public let epochs: Int
  /// The most that there will be.
  public let mostEpochs: Int
}
