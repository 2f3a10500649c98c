package import ExampleSupport
import NoiseDistributions

/// What ``SpeechStudy`` found on the test recordings.
package struct SpeechReport: PrintedReport {
  package struct Result: Codable {
    package var condition: TestCondition
    /// Percentages of right answers.
    package var accuracy: Measured
    /// From the networks without noise on the same split; nil of these.
    package var difference: Difference?
  }

  package struct Network: Codable {
    package var kind: TrainingNoise.Kind
    package var noise: TrainingNoise
    package var results: [Result]

    func result(_ condition: TestCondition) -> Result {
      results.first { $0.condition == condition }!
    }
  }

  /// What came of one split.
  package struct Split: Codable {
    package var leftOut: String?
    package var training: Int
    package var test: Int
    package var networks: [Network]
  }

  package var recordings: Int
  package var speakers: [String]
  package var layers: [Int]
  package var batchSize: Int
  package var epochs: Int
  package var learningRate: Double
  package var weightDecay: Double
  package var seeds: [UInt64]
  package var draws: Int
  package var babbleVoices: Int
  package var noiseStreamVersion: Int
  package var official: Split
  /// A split for each speaker.
  package var leavingOut: [Split]

  init(_ study: SpeechStudy, _ trials: [SpeechStudy.Trial], _ scores: [SpeechStudy.Scores]) {
    recordings = study.corpus.recordings.count
    speakers = study.corpus.speakers
    layers = SpeechTraining.layers
    batchSize = SpeechTraining.batchSize
    epochs = study.epochs
    learningRate = SpeechTraining.learningRate
    weightDecay = SpeechTraining.weightDecay
    seeds = study.seeds
    draws = TestRecordings.draws
    babbleVoices = Babble.voices
    noiseStreamVersion = NoiseStream.version
    let kinds = TrainingNoise.Kind.allCases.count
    let splits = stride(from: 0, to: trials.count, by: kinds).map { first in
      Split(Array(trials[first..<first + kinds]), Array(scores[first..<first + kinds]))
    }
    official = splits[0]
    leavingOut = Array(splits.dropFirst())
  }
}

extension SpeechReport.Split {
  /// - Parameters:
  ///   - trials: of one split, the one without noise first.
  ///   - scores: one for each trial.
  fileprivate init(_ trials: [SpeechStudy.Trial], _ scores: [SpeechStudy.Scores]) {
    let split = trials[0].split
    leftOut = split.leftOut
    training = split.training.count
    test = split.judged.count
    let plain = scores[0].results
    networks = zip(trials, scores).map { trial, scores in
      SpeechReport.Network(
        kind: trial.kind, noise: trial.noise,
        results: zip(scores.results, plain).map { own, plain in
          SpeechReport.Result(
            condition: own.condition,
            accuracy: Measured(own.shares.map { 100 * averageOf($0) }),
            difference: trial.kind == .none ? nil : Difference(own.shares, from: plain.shares))
        })
    }
  }
}

extension SpeechStudy.Scores {
  /// The shares of each seed under each condition, then those of the mean over each noise's ratios.
  fileprivate var results: [(condition: TestCondition, shares: [[Float]])] {
    let conditions = TestCondition.all(TestCondition.Noise.allCases)
    let single = conditions.indices.map { index in (conditions[index], shares.map { $0[index] }) }
    let means = TestCondition.Noise.allCases.map { noise in
      let places = conditions.indices.filter { conditions[$0].noise == noise }
      return (
        TestCondition(noise: noise),
        shares.map { seed in
          seed[0].indices.map { row in
            places.reduce(0) { $0 + seed[$1][row] } / Float(places.count)
          }
        }
      )
    }
    return single + means
  }
}
