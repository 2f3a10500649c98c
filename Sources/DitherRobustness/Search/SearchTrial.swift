import DitherRuntime
import Foundation

/// One training that a search asks for, and the scores of what it gave.
public struct SearchTrial: Hashable, Codable, Sendable {
  /// The noise to train with; nil for none.
  public let candidate: NoiseCandidate?
  /// Epochs to train.
  public let epochs: Int
  /// Which of the repetitions, from 0. All candidates of one replicate are to begin with the same weights and see the same batches,
  /// and all trials are to be judged under the same test noise: then their differences are the noise's that they were trained with.
  public let replicate: Int
}

/// The scores of a trained network, one a row of the validation data, greater being better: 1 for a right answer, else 0, or the
/// negative of a loss.
///
/// Means are sums that are divided once, at the end: where scores are 0 or 1, the sums are counts, which are exact, so that networks
/// with as many right answers have the same mean to the bit.
public struct TrialScores: Hashable, Sendable {
  /// Without test noise.
  public let clean: [Float]
  /// Under test noise, the sum over its ``draws``.
  public let noisy: [Float]
  /// Draws of the test noise for each row.
  public let draws: Int
  /// What a learned scale came to, the mean of several; nil where none is learned.
  public let learnedScale: Float?

  /// - Parameters:
  ///   - clean: a score for each row, finite, at least two rows.
  ///   - noisy: as many, each the sum over the draws.
  ///   - draws: of the test noise for each row, at least 1. Others stop the program.
  ///   - learnedScale: of a scale that was trained.
  public init(clean: [Float], noisy: [Float], draws: Int = 1, learnedScale: Float? = nil) {
    require(draws >= 1, "TrialScores: draws is \(draws); expected at least 1")
    require(
      clean.count == noisy.count && clean.count >= 2,
      "TrialScores: \(clean.count) clean scores and \(noisy.count) noisy ones; expected as many of both, at least 2"
    )
    for (name, scores) in [("clean", clean), ("noisy", noisy)] {
      for (row, score) in scores.enumerated() where !score.isFinite {
        misuse("TrialScores: the \(name) score of row \(row) is \(score); expected a finite number")
      }
    }
    self.clean = clean
    self.noisy = noisy
    self.draws = draws
    self.learnedScale = learnedScale
  }

  /// The mean over the rows.
  public var cleanMean: Double { [self].cleanMean }
  /// The mean over the rows and the draws.
  public var noisyMean: Double { [self].noisyMean }
}

/// Those of several trainings, of as many rows and draws each.
extension [TrialScores] {
  var cleanMean: Double { mean(\.clean, of: 1) }
  var noisyMean: Double { mean(\.noisy, of: first?.draws ?? 1) }

  /// Added in their order in double precision, and divided once.
  private func mean(_ scores: KeyPath<TrialScores, [Float]>, of draws: Int) -> Double {
    var (sum, count) = (0.0, 0)
    for training in self {
      for score in training[keyPath: scores] { sum += Double(score) }
      count += training.clean.count * draws
    }
    return sum / Double(count)
  }
}

/// Coded with the scores as their bits in base64, four bytes each, the least significant first.
extension TrialScores: Codable {
  private enum CodingKeys: CodingKey { case clean, noisy, draws, learnedScale }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    clean = Self.scores(of: try container.decode(Data.self, forKey: .clean))
    noisy = Self.scores(of: try container.decode(Data.self, forKey: .noisy))
    draws = try container.decode(Int.self, forKey: .draws)
    learnedScale = try container.decodeIfPresent(Float.self, forKey: .learnedScale)
    let isFinite = (clean + noisy).allSatisfy(\.isFinite)
    if clean.count != noisy.count || clean.count < 2 || draws < 1 || !isFinite {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription:
            "scores that are not finite, or not as many clean as noisy ones, or no draws"
        ))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Self.data(of: clean), forKey: .clean)
    try container.encode(Self.data(of: noisy), forKey: .noisy)
    try container.encode(draws, forKey: .draws)
    try container.encodeIfPresent(learnedScale, forKey: .learnedScale)
  }

  private static func data(of scores: [Float]) -> Data {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * scores.count)
    for score in scores {
      let bits = score.bitPattern
      for byte in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(8 * byte))) }
    }
    return Data(bytes)
  }

  private static func scores(of data: Data) -> [Float] {
    let bytes = Array(data)
    return (0..<bytes.count / 4).map { place in
      var bits: UInt32 = 0
      for byte in 0..<4 { bits |= UInt32(bytes[4 * place + byte]) << UInt32(8 * byte) }
      return Float(bitPattern: bits)
    }
  }
}
