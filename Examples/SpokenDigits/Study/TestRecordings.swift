import DitherTensors
import ExampleSupport
import NoiseDistributions

/// Features of recordings under each condition, the same for every network that is judged.
///
/// The noise is drawn by the recording's place, at step 0, 1, … in the domain of evaluation of seed 0, and does not depend on the
/// ratio but in its loudness.
struct TestRecordings: Sendable {
  /// The places of the recordings.
  let rows: [Int]
  let conditions: [TestCondition]
  /// For each condition the features under each draw, not normalised: [recordings, features].
  private let features: [[Tensor]]

  /// Draws of the noise for each recording: its score is the mean over them.
  static let draws = 3

  init(
    _ corpus: SpeechCorpus, rows: [Int], noises: [TestCondition.Noise], threads: Int
  ) async {
    let conditions = TestCondition.all(noises)
    (self.rows, self.conditions) = (rows, conditions)
    features = await inParallel(conditions.count, threads: threads) { number in
      Self.features(of: rows, corpus, conditions[number])
    }
  }

  private static func features(
    of rows: [Int], _ corpus: SpeechCorpus, _ condition: TestCondition
  ) -> [Tensor] {
    let extract = SpeechFeatures()
    guard let noise = condition.noise, let decibels = condition.decibels else {
      return [extract(rows.map { corpus.recordings[$0].samples })]
    }
    let babble = noise == .babble ? Babble(corpus, decibels: decibels) : nil
    return (0..<draws).map { draw in
      let stream = NoiseStream(seed: 0).in(.evaluation).at(step: draw)
      return extract(
        rows.map { row in
          babble?.mixed(into: row, stream)
            ?? corpus.withWhiteNoise(row, decibels: decibels...decibels, stream)
        })
    }
  }

  /// The features of some of the recordings under one condition, for each draw.
  func inputs(_ condition: Int, of wanted: [Int]) -> [Tensor] {
    let place = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1, $0) })
    let places = wanted.map { place[$0]! }
    return features[condition].map { $0.rows(at: places) }
  }
}
