import AcousticNoise
package import DitherTensors
package import NoiseDistributions

extension SpeechCorpus {
  /// A recording with white noise at a signal-to-noise ratio, in decibels, that is drawn from a range.
  ///
  /// - Parameters:
  ///   - row: the recording's place, which is the row of its draws.
  ///   - decibels: one ratio where both ends are the same.
  ///   - noise: at the step of the draws.
  package func withWhiteNoise(
    _ row: Int, decibels: ClosedRange<Float>, _ noise: NoiseStream
  ) -> Tensor {
    let samples = recordings[row].samples
    let own = noise.rows(from: row)
    // As long as the recording, so that all of it is mixed in.
    let draws = own.draws(
      from: Gaussian(standardDeviation: 1), site: "white", rows: 1, columns: samples.count)
    let mixed = MixedRecordings([Tensor(draws)], signalToNoiseRatio: decibels)
    return samples.transformed(by: [mixed], noise: own, site: "white.ratio")
  }

  /// The recordings that babble is made of where a digit of a speaker is tested: those of the test part in which another speaker says
  /// another digit. No network is trained on them.
  package func babbleVoices(digit: Int, speaker: String) -> [Int] {
    rows(of: [.test]) { $0 != speaker }.filter { recordings[$0].digit != digit }
  }
}

/// The voices of several recordings at once, which is never noise to train with.
package struct Babble: Sendable {
  package static let voices = 6

  private struct Place: Hashable {
    var digit: Int
    var speaker: String
  }

  private let corpus: SpeechCorpus
  /// Made once for each digit and speaker, as making one looks at all samples.
  private let mixtures: [Place: MixedRecordings]

  /// - Parameters:
  ///   - corpus: whose voices it is made of.
  ///   - decibels: the signal-to-noise ratio.
  package init(_ corpus: SpeechCorpus, decibels: Float) {
    self.corpus = corpus
    var mixtures: [Place: MixedRecordings] = [:]
    for speaker in corpus.speakers {
      for digit in 0..<SpeechCorpus.digits {
        let voices = corpus.babbleVoices(digit: digit, speaker: speaker)
        mixtures[Place(digit: digit, speaker: speaker)] = MixedRecordings(
          voices.map { corpus.recordings[$0].samples }, signalToNoiseRatio: decibels,
          voices: Self.voices)
      }
    }
    self.mixtures = mixtures
  }

  /// A recording among voices. Which they are and where in them it begins does not depend on the ratio.
  package func mixed(into row: Int, _ noise: NoiseStream) -> Tensor {
    let recording = corpus.recordings[row]
    let mixture = mixtures[Place(digit: recording.digit, speaker: recording.speaker)]!
    return recording.samples.transformed(
      by: [mixture], noise: noise.rows(from: row), site: "babble")
  }
}
