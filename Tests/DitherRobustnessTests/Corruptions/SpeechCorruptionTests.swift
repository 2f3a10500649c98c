import DitherRobustness
import DitherTensors
import Foundation
import NoiseDistributions
import TestSupport
import Testing

@Suite("Corruptions of speech")
struct SpeechCorruptionTests {
  private let noise = NoiseStream(seed: 121)
  /// Silence and two tones.
  private let waves = Tensor(uninitialized: [3, 4000]) { samples in
    for row in 0..<3 {
      for column in 0..<4000 {
        let phase = 0.05 * Double(row + 1) * Double(column)
        samples[row * 4000 + column] = 0.4 * Float(row) * Float(sin(phase))
      }
    }
  }
  private static let voices = (0..<4).map { voice in
    Tensor(uninitialized: [3000 + 700 * voice]) { samples in
      for index in samples.indices {
        samples[index] = Float(sin(0.013 * Double((voice + 2) * index)))
      }
    }
  }

  private var additive: [SpeechCorruption] {
    [.whiteNoise(), .pinkNoise(), .brownNoise(), .babble(Self.voices)]
  }

  /// 10 · log₁₀ of the energy of some samples of a row over that of what was added to them.
  private func decibels(_ noisy: Tensor, _ row: Int, _ count: Int) -> Double {
    var (signal, energy) = (0.0, 0.0)
    for column in 0..<count {
      let x = Double(waves[row, column])
      signal += x * x
      energy += (Double(noisy[row, column]) - x) * (Double(noisy[row, column]) - x)
    }
    return 10 * log10(signal / energy)
  }

  @Test("Noise has the stated ratio over each waveform, silence stays silent, padding as it is")
  func ratios() {
    let lengths = [4000, 3000, 2500]
    for corruption in additive {
      #expect(corruption.strengths == [20, 15, 10, 5, 0])
      for (severity, expected) in zip(1...5, [20.0, 15, 10, 5, 0]) {
        let noisy = corruption.over(lengths: lengths).corrupted(
          waves, severity: severity, noise: noise)
        for row in 1..<3 {
          // Samples are rounded to 2⁻²⁴ of themselves.
          #expect(
            abs(decibels(noisy, row, lengths[row]) - expected) < 1e-3, "\(corruption.name)")
          for column in lengths[row]..<4000 { #expect(noisy[row, column] == waves[row, column]) }
        }
        for column in 0..<4000 { #expect(noisy[0, column] == 0) }
      }
    }
  }

  @Test("Clipping keeps the stated share of the peak, gain is the stated factor")
  func transforms() {
    let clipped = SpeechCorruption.clipping().corrupted(waves, severity: 3, noise: noise)
    let quiet = SpeechCorruption.gain().corrupted(waves, severity: 2, noise: noise)
    let peak = waves.rows(2..<3).absolute().maximum()
    #expect(clipped.rows(2..<3).absolute().maximum() == 0.3 * peak)
    for column in 0..<4000 {
      let x = waves[2, column]
      #expect(clipped[2, column] == min(max(x, -0.3 * peak), 0.3 * peak))
      #expect(abs(quiet[2, column] - x * Float(pow(10, -12.0 / 20))) < 1e-6)
    }
  }

  @Test("Bits depend neither on threads and instruction set nor on how the rows are split")
  func bits() {
    for corruption in additive + [.clipping(), .gain()] {
      let padded = corruption.over(lengths: [4000, 3000, 2500])
      func run(_ range: Range<Int>) -> [Float] {
        padded.corrupted(
          waves.rows(range), severity: 4, noise: noise.rows(from: range.lowerBound)
        ).scalars
      }
      let whole = expectSameBits(of: { run(0..<3) }, corruption.name)
      #expect(sameBits(run(0..<1) + run(1..<3), whole), "\(corruption.name)")
    }
  }
}
