import DitherTensors
import Foundation
import NoiseDistributions
import SpokenDigitsStudy
import TestSupport
import Testing

@Suite("SpokenDigits: recordings, splits, noise and features")
struct SpokenDigitsTests {
  private let scratch: Scratch
  private let corpus: SpeechCorpus

  init() throws {
    scratch = try Scratch()
    try ToneDigits().write(to: scratch)
    corpus = try SpeechCorpus(contentsOf: scratch.url.path)
  }

  private func energy(_ samples: [Float]) -> Double {
    samples.reduce(0) { $0 + Double($1) * Double($1) }
  }

  /// What was added to a recording.
  private func noise(_ mixed: Tensor, _ row: Int) -> [Float] {
    (mixed - corpus.recordings[row].samples).scalars
  }

  private func decibels(_ mixed: Tensor, _ row: Int) -> Double {
    10 * log10(energy(corpus.recordings[row].samples.scalars) / energy(noise(mixed, row)))
  }

  @Test(
    "Numbers 0 to 4 test and never train; who is left out neither trains nor has a part in the choice"
  )
  func splits() throws {
    let parts = corpus.recordings.map { SpeechCorpus.Part(number: $0.number) }
    #expect(Set(corpus.recordings.map(\.number)) == [0, 5, 10])
    let splits = SpeechSplit.all(of: corpus, choosing: false)
    #expect(splits.map(\.leftOut) == [nil, "ann", "bob", "cid"])
    #expect(splits[0].judged == corpus.recordings.indices.filter { parts[$0] == .test })
    #expect(splits[0].training == corpus.recordings.indices.filter { parts[$0] != .test })
    #expect(splits.dropFirst().flatMap(\.judged).sorted() == Array(corpus.recordings.indices))
    let choices = SpeechSplit.all(of: corpus, choosing: true)
    for split in splits + choices {
      #expect(!split.training.isEmpty && !split.judged.isEmpty)
      #expect(Set(split.training).isDisjoint(with: split.judged))
      for row in split.training {
        #expect(parts[row] != .test && corpus.recordings[row].speaker != split.leftOut)
      }
    }
    for split in choices {
      #expect(split.training.allSatisfy { parts[$0] == .training })
      for row in split.judged {
        #expect(parts[row] == .validation && corpus.recordings[row].speaker != split.leftOut)
      }
    }
  }

  @Test("Babble is of other digits of other speakers, whom no network hears say them")
  func voices() {
    let trained = Set(SpeechSplit.all(of: corpus, choosing: false).flatMap(\.training))
    for speaker in corpus.speakers {
      for digit in 0..<SpeechCorpus.digits {
        let voices = corpus.babbleVoices(digit: digit, speaker: speaker)
        // One recording of each of 9 digits and 2 speakers.
        #expect(voices.count == 18)
        for row in voices {
          #expect(corpus.recordings[row].digit != digit)
          #expect(corpus.recordings[row].speaker != speaker)
          #expect(!trained.contains(row))
        }
      }
    }
  }

  @Test(
    "Babble has the ratio asked for, the same voices at every ratio, and others at another draw")
  func babble() {
    let stream = NoiseStream(seed: 0).in(.evaluation)
    let (soft, loud) = (Babble(corpus, decibels: 20), Babble(corpus, decibels: 0))
    for row in [0, 17, 89] {
      let (quiet, equal) = (soft.mixed(into: row, stream), loud.mixed(into: row, stream))
      // Samples are rounded to 2⁻²⁴ of themselves, noise at 20 dB so to about 10⁻⁶.
      #expect(abs(decibels(quiet, row) - 20) < 1e-3)
      #expect(abs(decibels(equal, row)) < 1e-3)
      for (a, b) in zip(noise(quiet, row), noise(equal, row)) { #expect(abs(10 * a - b) < 1e-5) }
      #expect(loud.mixed(into: row, stream).scalars == equal.scalars)
      #expect(loud.mixed(into: row, stream.at(step: 1)).scalars != equal.scalars)
    }
  }

  @Test("White noise has a ratio of its range, another for each recording and step, the same again")
  func white() {
    let stream = NoiseStream(seed: 3)
    for row in [0, 44] {
      let mixed = corpus.withWhiteNoise(row, decibels: 5...5, stream)
      #expect(abs(decibels(mixed, row) - 5) < 1e-3)
      #expect(corpus.withWhiteNoise(row, decibels: 5...5, stream).scalars == mixed.scalars)
    }
    let ratios = (0..<40).map { place in
      let row = place % 20
      return decibels(
        corpus.withWhiteNoise(row, decibels: 0...20, stream.at(step: place / 20)), row)
    }
    #expect(ratios.allSatisfy { $0 > -1e-3 && $0 < 20 + 1e-3 })
    #expect(Set(ratios).count == 40)
    // 40 uniform draws miss a half with the probability 2 · 2⁻⁴⁰.
    #expect(ratios.contains { $0 < 10 } && ratios.contains { $0 > 10 })
  }

  @Test("Features are as many for every length, and do not depend on the loudness")
  func features() {
    let extract = SpeechFeatures()
    let long = corpus.recordings[0].samples
    let short = long.rows(0..<1)
    let values = extract([long, short, long * 8])
    #expect(values.shape == [3, SpeechFeatures.count])
    #expect(values.rows(2..<3).scalars == values.rows(0..<1).scalars)
    #expect(extract([long]).scalars == values.rows(0..<1).scalars)
    #expect(values.scalars.allSatisfy { $0.isFinite })
    // ln 10⁻⁴, in single precision.
    for value in extract([Tensor(zeros: [4000])]).scalars { #expect(abs(value + 9.210340) < 1e-5) }
  }

  @Test("A stretch has the pitch of its part of the recording")
  func pitch() {
    let samples = (0..<8000).map { place in
      sin(2 * Float.pi * (place < 4000 ? 500 : 2000) * Float(place) / 8000)
    }
    let values = SpeechFeatures()([Tensor(samples)]).scalars
    let loudest = (0..<SpeechFeatures.stretches).map { stretch in
      let own = values[stretch * SpeechFeatures.filters..<(stretch + 1) * SpeechFeatures.filters]
      return own.firstIndex(of: own.max()!)! - own.startIndex
    }
    // Slaney's scale: 500 Hz is mel 7.5, 2,000 Hz mel 25.08 of 35.16; the middles are 35.16 / 25 apart, from 1.41 on.
    #expect(loudest[..<7].allSatisfy { $0 == 4 })
    #expect(loudest[9...].allSatisfy { $0 == 17 })
  }
}
