import DitherRobustness
import DitherTensors
import Foundation
import NoiseDistributions
import TestSupport
import Testing

@Suite("Corruptions are those of SciPy and NumPy")
struct CorruptionReferenceTests {
  private let noise = NoiseStream(seed: 141)

  /// - Parameter corruption: of a shape at a strength, the same for all severities.
  private func compare(
    _ kind: String, _ corruption: (ImageShape, Float) -> ImageCorruption
  ) throws {
    for line in try referenceLines(kind, in: "corruptions") {
      let shape = ImageShape(
        height: try integer(line[0]), width: try integer(line[1]), channels: try integer(line[2]))
      let (pixels, expected) = (try decodeFloats(line[4]), try decodeDoubles(line[5]))
      let received = corruption(shape, Float(try number(line[3]))).corrupted(
        Tensor(pixels, shape: [1, shape.features]), severity: 3, noise: noise
      ).scalars
      #expect(received.count == expected.count)
      for (one, other) in zip(received, expected) {
        // Rounded to single precision twice at most.
        #expect(abs(Double(one) - other) < 2e-7, "\(line[0...3])")
      }
    }
  }

  @Test("Blur is scipy.ndimage.gaussian_filter, in one dimension and of several channels too")
  func blur() throws {
    try compare("blur") { .blur($0, standardDeviations: Array(repeating: $1, count: 5)) }
  }

  @Test("Contrast is mean + factor · (x − mean) of each channel")
  func contrast() throws {
    try compare("contrast") { .contrast($0, factors: Array(repeating: $1, count: 5)) }
  }

  /// Σ over places of |Σ w·x·exp(−2πi·place·t / n)|², w being Hann's window, in a row.
  private func power(_ row: [Float], at places: some Sequence<Int>) -> Double {
    let count = row.count
    let turns = (0..<count).map { 2 * Double.pi * Double($0) / Double(count) }
    let (cosines, sines) = (turns.map { cos($0) }, turns.map { sin($0) })
    let windowed = zip(row, cosines).map { Double($0) * (1 - $1) / 2 }
    return places.reduce(0) { sum, place in
      var (real, imaginary) = (0.0, 0.0)
      for time in 0..<count {
        let turn = place * time % count
        real += windowed[time] * cosines[turn]
        imaginary += windowed[time] * sines[turn]
      }
      return sum + real * real + imaginary * imaginary
    }
  }

  /// The ends are quantiles at 10⁻¹⁰ of F's distribution, which the script says more of: 6 · 10⁻¹⁰ for all three.
  @Test(
    "White, pink and brown noise have the power of high frequencies over low ones that 1/f^β gives")
  func spectra() throws {
    for line in try referenceLines("spectrum", in: "corruptions") {
      let (rows, samples) = (try integer(line[2]), try integer(line[3]))
      let corruption = try #require(
        [SpeechCorruption.whiteNoise(), .pinkNoise(), .brownNoise()].first {
          $0.name == "\(line[0]) noise"
        })
      let waves = Tensor(repeating: 1, shape: [rows, samples])
      let added = corruption.corrupted(waves, severity: 5, noise: noise) - waves
      var (high, low) = (0.0, 0.0)
      for row in 0..<rows {
        let values = added.rows(row..<row + 1).scalars
        high += power(values, at: stride(from: 200, to: 400, by: 3))
        low += power(values, at: stride(from: 25, to: 50, by: 3))
      }
      let ratio = high / low
      #expect(try ratio > number(line[4]) && ratio < number(line[5]), "\(line[0]): \(ratio)")
    }
  }
}
