import AcousticNoise
import DitherTensors
import Foundation
import NoiseDistributions
import TestSupport
import Testing

@Suite("Gain and clipping")
struct WaveformTests {
  static let wave = Tensor((0..<12).map { Float($0 - 6) / 4 }, shape: [2, 6])
  let noise = NoiseStream(seed: 1)

  @Test("A gain is a factor of 10^(decibels/20)")
  func gain() {
    for (decibels, factor) in [(Float(20), Float(10)), (-20, 0.1), (0, 1), (6, 1.9952623)] {
      let found = Self.wave.transformed(by: [Gain(decibels: decibels)], noise: noise)
      for (a, b) in zip(found.scalars, Self.wave.scalars) {
        #expect(abs(a - b * factor) <= 1e-6 * abs(b * factor))
      }
    }
  }

  // The mean of 4,096 draws from a range of 18 dB: variance 27, none further than 9 from it. A mean off by 1.1 dB is always seen.
  // Of the 8.4 million pairs of gains 4 are expected to be equal, since a Float near 12 dB holds four of the 2²³ draws at most; 96
  // of them or more have a probability below (4e / 96)^96 = 1e-90.
  @Test("A gain from a range is drawn for each waveform and step, within the range")
  func drawnGain() {
    let ones = Tensor(repeating: 1, shape: [4096, 3])
    let transforms = [Gain(decibels: -6...12)]
    let found = ones.transformed(by: transforms, noise: noise)
    let gains = stride(from: 0, to: found.count, by: 3).map { 20 * log10(found.scalars[$0]) }
    #expect(gains.allSatisfy { $0 >= -6.0001 && $0 <= 12.0001 })
    let mean = gains.reduce(0.0) { $0 + Double($1) } / 4096
    let threshold = Threshold.mean(
      count: 4096, variance: 27, bound: 9, rate: Threshold.failureRate)
    #expect(abs(mean - 3) <= threshold + 1e-4)
    #expect(Set(gains).count > 4000)
    #expect(ones.transformed(by: transforms, noise: noise.at(step: 1)).scalars != found.scalars)
    #expect(ones.transformed(by: transforms, noise: noise, site: "s").scalars != found.scalars)
    #expect(ones.transformed(by: transforms, noise: NoiseStream(seed: 2)).scalars != found.scalars)
  }

  @Test("Clipping sets samples beyond the level to it, absolute or a share of each waveform's peak")
  func clipping() {
    let clipped = Self.wave.transformed(by: [Clipping(at: 0.5)], noise: noise)
    #expect(clipped.scalars == Self.wave.scalars.map { max(-0.5, min(0.5, $0)) })
    let relative = Self.wave.transformed(by: [Clipping(relativeToPeak: 0.5)], noise: noise)
    let (first, second) = (Self.wave.scalars[..<6], Self.wave.scalars[6...])
    #expect(
      relative.scalars
        == first.map { max(-0.75, min(0.75, $0)) } + second.map { max(-0.625, min(0.625, $0)) })
    #expect(
      Self.wave.transformed(by: [Clipping(relativeToPeak: 1)], noise: noise).scalars
        == Self.wave.scalars)
    let silence = Tensor(zeros: [5])
    #expect(
      silence.transformed(by: [Clipping(relativeToPeak: 0.1)], noise: noise).scalars
        == silence.scalars)
  }

  @Test(
    "Transforms apply in order, each with draws of its own; a part of a batch gets what the whole gets"
  )
  func order() {
    let gain = Gain(decibels: -20...20)
    let ones = Tensor(repeating: 1, shape: [10, 4])
    let both = ones.transformed(by: [gain, gain], noise: noise).scalars
    let once = ones.transformed(by: [gain], noise: noise).scalars
    // Two draws of 40 dB are within 0.1 % of each other, 0.0087 dB, with a probability of 4.4e-4: four rows of ten with one of
    // C(10, 4) · (4.4e-4)⁴ = 8e-12.
    let different = stride(from: 0, to: 40, by: 4).filter { (index: Int) -> Bool in
      let square: Float = once[index] * once[index]
      return abs(both[index] - square) > 1e-3 * both[index]
    }
    #expect(different.count >= 7)
    let part = Tensor(repeating: 1, shape: [4, 4])
      .transformed(by: [gain, gain], noise: noise.rows(from: 6))
    #expect(part.scalars == Array(both[24...]))
    #expect(
      Self.wave.transformed(by: [Clipping(at: 0.5), Gain(decibels: 20)], noise: noise).scalars
        .max()!
        > 4)
    let single = Tensor(repeating: 1, shape: [4]).transformed(by: [gain], noise: noise)
    #expect(single.scalars == Array(once[..<4]) && single.shape == [4])
  }

  @Test("Padding is neither changed nor counted")
  func padding() {
    let waves = Tensor([1, -2, 9, 9, 9, 4, 4, 4, 4, 9], shape: [2, 5])
    let found = waves.transformed(
      by: [Clipping(relativeToPeak: 0.5), Gain(decibels: 20)], lengths: [2, 4], noise: noise)
    let expected: [Float] = [10, -10, 9, 9, 9, 20, 20, 20, 20, 9]
    #expect(zip(found.scalars, expected).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(
      waves.transformed(by: [Gain(decibels: 20)], lengths: [0, 0], noise: noise).scalars
        == waves.scalars)
  }

  @Test("Numbers of a waveform are words of its address, spread over their range")
  func draws() {
    let draws = WaveformDraws(noise: noise, site: "w", slot: 2, row: 7)
    var words = [UInt32](repeating: 0, count: 64)
    var span = words.mutableSpan
    noise.rows(from: 7).address(of: "w", slot: 2, rows: 1, columns: 64).plane(1).fillWords(&span)
    #expect(draws.bits(33) == UInt64(words[2]) | UInt64(words[3]) << 32)
    // One of seven is missed with a probability of 7 · (6 / 7)^4000 = 1e-267.
    let choices = (0..<4000).map { draws.choice($0, of: 7) }
    #expect(Set(choices) == Set(0..<7))
    #expect((0..<4000).allSatisfy { draws.uniform($0) > 0 && draws.uniform($0) < 1 })
    #expect(draws.choice(3, of: 1) == 0 && draws.place(0, in: 2...2) == 2)
  }

  @Test("Misuse stops the program and names what was given")
  func misuse() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Gain(decibels: .nan) }
    expect(result, says: "Gain: decibels is nan; expected -200…200")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Clipping(at: -1) }
    expect(result, says: "Clipping: the level is -1.0; expected a finite number, 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Clipping(relativeToPeak: 1.5) }
    expect(result, says: "Clipping: the share of the peak is 1.5; expected 0…1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor(zeros: [2, 3]).transformed(by: [], lengths: [3, 4], noise: NoiseStream(seed: 1))
    }
    expect(result, says: "Tensor.transformed: length 4 of waveform 1; expected 0…3")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor(zeros: [2, 3, 4]).transformed(by: [], noise: NoiseStream(seed: 1)) }
    expect(result, says: "Tensor.transformed: shape [2, 3, 4]; expected [samples] or")
  }
}
