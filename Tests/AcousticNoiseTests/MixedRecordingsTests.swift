import AcousticNoise
import DitherTensors
import Foundation
import NoiseDistributions
import TestSupport
import Testing

@Suite("Recordings mixed at a signal-to-noise ratio")
struct MixedRecordingsTests {
  let noise = NoiseStream(seed: 3)
  /// A recording whose samples tell their place.
  static let ramp = Tensor((1...50).map(Float.init))

  static func tone(_ count: Int, _ frequency: Double) -> Tensor {
    Tensor((0..<count).map { Float(sin(2 * .pi * frequency * Double($0))) })
  }

  // A sample is rounded to 2⁻²⁴ of itself: the noise at 60 dB to 10⁻⁴ of itself, and the ratio to less than 0.001 dB.
  @Test(
    "The ratio is the stated one, of shorter and longer recordings, one voice or several",
    arguments: [-30, 0, 20, 60] as [Float], [1, 5])
  func ratio(_ decibelsWanted: Float, _ voices: Int) {
    let recordings = [Self.tone(300, 0.031), Self.tone(5000, 0.17), Self.ramp]
    let waves = Tensor(concatenating: [Self.tone(1000, 0.01), Self.tone(1000, 0.07) * 0.001])
      .reshaped(to: [2, 1000])
    let mixed = waves.transformed(
      by: [
        MixedRecordings(recordings, signalToNoiseRatio: decibelsWanted, voices: voices)
      ], lengths: [1000, 700], noise: noise)
    for (row, length) in [(0, 1000), (1, 700)] {
      let before = waves.scalars[row * 1000..<row * 1000 + length]
      let after = mixed.scalars[row * 1000..<row * 1000 + length]
      let found = decibels(before, over: added(after, to: before))
      #expect(abs(found - Double(decibelsWanted)) < 0.001, "waveform \(row)")
    }
    #expect(Array(mixed.scalars[1700...]) == Array(waves.scalars[1700...]))
  }

  // 500 uniform draws all miss a twentieth of the range with a probability of 0.95^500 = 7e-12, at either end.
  @Test("A ratio from a range is drawn for each waveform")
  func drawnRatio() {
    let waves = Tensor(repeating: 1, shape: [500, 20])
    let mixed = waves.transformed(
      by: [MixedRecordings([Self.ramp], signalToNoiseRatio: -5...15)], noise: noise)
    let found = (0..<500).map { row in
      let range = row * 20..<row * 20 + 20
      return decibels(
        waves.scalars[range], over: added(mixed.scalars[range], to: waves.scalars[range]))
    }
    #expect(found.allSatisfy { $0 > -5.001 && $0 < 15.001 })
    #expect(found.min()! < -4 && found.max()! > 14)
  }

  @Test(
    "A shorter recording is repeated from the drawn sample, a longer one cut there",
    arguments: [7, 49, 50, 51, 120])
  func parts(_ count: Int) {
    let rows = 400
    let waves = Tensor(repeating: 2, shape: [rows, count])
    let mixed = waves.transformed(
      by: [MixedRecordings([Self.ramp], signalToNoiseRatio: 6)], noise: noise, site: "w")
    let starts = count > 50 ? 50 : 51 - count
    var seen: Set<Int> = []
    for row in 0..<rows {
      let begin = WaveformDraws(noise: noise, site: "w", slot: 0, row: row).choice(2, of: starts)
      seen.insert(begin)
      let difference = added(
        mixed.scalars[row * count..<(row + 1) * count], to: Array(repeating: 2, count: count))
      let factor = difference[0] / Double(begin + 1)
      for (index, value) in difference.enumerated() {
        let expected = factor * Double((begin + index) % 50 + 1)
        #expect(abs(value - expected) <= 1e-4 * abs(factor) * 50)
      }
    }
    // Of n places 400 rows miss more than n / 10 with a probability of at most C(n, m) · (1 − m / n)^400, m = n / 10 + 1:
    // 1e-15 of 50 and of 44, less of 2 and of 1.
    #expect(seen.count >= starts - starts / 10)
  }

  @Test("Silence stays silence, and silent noise adds nothing")
  func silence() {
    let quiet = Tensor(zeros: [2, 30])
    let mixing = MixedRecordings([Self.ramp], signalToNoiseRatio: 0, voices: 3)
    #expect(quiet.transformed(by: [mixing], noise: noise).scalars == quiet.scalars)
    let waves = Tensor(repeating: 1, shape: [2, 30])
    for voices in [1, 3] {
      let nothing = MixedRecordings([Tensor(zeros: [7])], signalToNoiseRatio: 0, voices: voices)
      #expect(waves.transformed(by: [nothing], noise: noise).scalars == waves.scalars)
    }
    // Only the padding sounds: the true samples are silent.
    let padded = Tensor([0, 0, 0, 5], shape: [1, 4])
    #expect(
      padded.transformed(by: [mixing], lengths: [3], noise: noise).scalars == padded.scalars)
  }

  @Test("Voices have the same power whatever their recordings' levels")
  func voices() {
    // Two tones whose whole periods are orthogonal; one is a thousand times as loud.
    let recordings = [Self.tone(100, 0.01), Self.tone(100, 0.03) * 1000]
    let wave = Tensor(repeating: 1, shape: [200, 100])
    let mixed = wave.transformed(
      by: [MixedRecordings(recordings, signalToNoiseRatio: 0, voices: 2)], noise: noise, site: "w")
    var different = 0
    for row in 0..<200 {
      let draws = WaveformDraws(noise: noise, site: "w", slot: 0, row: row)
      let chosen = (draws.choice(1, of: 2), draws.choice(3, of: 2))
      if chosen.0 == chosen.1 { continue }
      different += 1
      let difference = added(
        mixed.scalars[row * 100..<(row + 1) * 100], to: Array(repeating: 1, count: 100))
      for recording in recordings {
        let products = zip(difference, recording.scalars).reduce(0.0) { $0 + $1.0 * Double($1.1) }
        let own = recording.scalars.reduce(0.0) { $0 + Double($1) * Double($1) }
        // Half of the energy of 100 each.
        #expect(abs(products * products / own - 50) < 0.01)
      }
    }
    // Half of 200 are expected; 50 or fewer with a probability below exp(-2 · 200 · 0.25²) = 1.4e-11 (Hoeffding).
    #expect(different > 50)
  }

  @Test(
    "Speech in babble of other speakers has the stated ratio",
    .enabled(if: Speech.folder != nil, Comment(rawValue: Speech.missing)))
  func speech() throws {
    let speakers = ["george", "jackson", "nicolas", "theo", "yweweler"]
    let babble = try speakers.flatMap { name in
      try (0...4).map { Tensor(try Speech.samples("\($0)_\(name)_7.wav")) }
    }
    #expect(babble.allSatisfy { $0.count > 1000 })
    let words = try (0...9).map { try Speech.samples("\($0)_theo_3.wav") }
    let longest = words.map(\.count).max()!
    let waves = Tensor(rows: words.map { $0 + Array(repeating: 0, count: longest - $0.count) })
    let lengths = words.map(\.count)
    for (ratio, voices) in [(Float(10), 1), (0, 6), (20, 4)] {
      let mixing = MixedRecordings(babble, signalToNoiseRatio: ratio, voices: voices)
      let mixed = waves.transformed(by: [mixing], lengths: lengths, noise: noise)
      for (row, word) in words.enumerated() {
        let samples = mixed.scalars[row * longest..<row * longest + word.count]
        #expect(samples.allSatisfy { $0.isFinite })
        #expect(abs(decibels(word, over: added(samples, to: word)) - Double(ratio)) < 0.001)
      }
      let part = waves.rows(4..<10).transformed(
        by: [mixing], lengths: Array(lengths[4...]), noise: noise.rows(from: 4))
      #expect(part.scalars == Array(mixed.scalars[(4 * longest)...]))
    }
  }

  @Test("Misuse stops the program and names what was given")
  func misuse() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = MixedRecordings([], signalToNoiseRatio: 0) }
    expect(result, says: "MixedRecordings: no recordings; expected at least one")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = MixedRecordings([Tensor([1]), Tensor(zeros: [2, 2])], signalToNoiseRatio: 0) }
    expect(result, says: "MixedRecordings: recording 1 has the shape [2, 2]; expected [samples]")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = MixedRecordings([Tensor([1, .nan])], signalToNoiseRatio: 0) }
    expect(result, says: "MixedRecordings: sample 1 of recording 0 is nan")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = MixedRecordings([Tensor([1])], signalToNoiseRatio: .infinity) }
    expect(result, says: "MixedRecordings: signalToNoiseRatio is inf; expected -200…200")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = MixedRecordings([Tensor([1])], signalToNoiseRatio: 0, voices: 0) }
    expect(result, says: "MixedRecordings: voices is 0; expected 1…1000")
  }
}
