import DitherRuntime

/// Which scales of a noise may be the best: what is between scales that are measurably worse.
///
/// Around the winner's scale, scales a factor of 2^¼ apart are trained in full, up to twice and down to half of it. A scale is
/// measurably worse if another of them scores higher under test noise by the lower bound of their ``PairedDifference`` at α / (m − 1),
/// for m scales and α = 1 − confidence, so that the best of the scales tried is called worse with at most the probability α. The range
/// reaches to the nearest scale beyond all that are not worse: it holds the best of all scales with at least the probability 1 − α, if
/// the score rises with the scale up to its best and falls from there on.
public struct ScaleRange: Hashable, Codable, Sendable {
  /// The scale that scored highest under test noise; of equals the one that scored higher without it, then that which it was refined
  /// around, then the smaller.
  public let best: Float
  /// The best scale lies above this one, which is measurably worse; nil where not even the smallest that was tried is.
  public let lower: Float?
  /// The best scale lies below this one; nil where not even the greatest that was tried is measurably worse.
  public let upper: Float?
  /// The scales that were tried, ascending.
  public let tried: [Float]

  /// Scales that are tried on each side of the winner's.
  private static let steps = 4
  /// Scales around the winner's.
  static let mostNeighbours = 2 * steps

  /// A scale and those around it, ascending: those four steps apart differ by exactly a factor of 2.
  static func scales(around scale: Float, atMost largest: Float) -> [Float] {
    // 2^(k/4).
    let fractions: [Float] = [1, 1.189_207_1, 1.414_213_6, 1.681_792_8]
    return (-steps...steps).map { step in
      let half: Float = step < 0 ? 0.5 : step < steps ? 1 : 2
      return scale * half * fractions[(step + steps) % steps]
    }.filter { $0 == scale || $0 <= largest }
  }

  /// - Parameters:
  ///   - scores: for each scale, ascending, those under test noise of each replicate; nil where a training failed, which is worse
  ///     than any. At least one is not nil.
  ///   - best: the scale that scored highest.
  ///   - failureProbability: α.
  init(
    _ scores: [(scale: Float, noisy: [[Float]]?)], best: Float, failureProbability: Double
  ) {
    let level = failureProbability / Double(max(scores.count - 1, 1))
    let possible = scores.indices.filter { place in
      guard let own = scores[place].noisy else { return false }
      return !scores.indices.contains { other in
        guard other != place, let better = scores[other].noisy else { return false }
        return PairedDifference(of: better, minus: own).lowerBound(failureProbability: level) > 0
      }
    }
    // The best is never worse than another.
    guard let first = possible.first, let last = possible.last else {
      misuse("a range of scales, none of which could be trained with")
    }
    self.best = best
    lower = first > 0 ? scores[first - 1].scale : nil
    upper = last < scores.count - 1 ? scores[last + 1].scale : nil
    tried = scores.map(\.scale)
  }
}
