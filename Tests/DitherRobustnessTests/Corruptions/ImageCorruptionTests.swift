import DitherRobustness
import DitherTensors
import Foundation
import NoiseDistributions
import TestSupport
import Testing

@Suite("Corruptions of images")
struct ImageCorruptionTests {
  private let noise = NoiseStream(seed: 111)

  private func images(_ shape: ImageShape, rows: Int) -> Tensor {
    Tensor(
      noise.draws(
        from: Uniform(low: shape.range.lowerBound, high: shape.range.upperBound), site: "images",
        rows: rows, columns: shape.features), shape: [rows, shape.features])
  }

  @Test(
    "Blur is the sum over all pixels of the plane with the weights of a Gaussian, edges going on; channels stay apart"
  )
  func blur() {
    let shape = ImageShape(height: 5, width: 7, channels: 2)
    let x = images(shape, rows: 2)
    let corruption = ImageCorruption.blur(shape)
    for severity in 1...5 {
      let sigma = Double(corruption.strengths[severity - 1])
      let reach = Int(4 * sigma + 0.5)
      let received = corruption.corrupted(x, severity: severity, noise: noise)
      for (row, line, column, channel) in [(0, 0, 0, 0), (0, 4, 6, 1), (1, 2, 3, 0), (1, 0, 5, 1)] {
        var (sum, total) = (0.0, 0.0)
        for vertical in -reach...reach {
          for horizontal in -reach...reach {
            let squares = Double(vertical * vertical + horizontal * horizontal)
            let weight = exp(-squares / (2 * sigma * sigma))
            let other = min(max(line + vertical, 0), 4) * 7 + min(max(column + horizontal, 0), 6)
            sum += weight * Double(x[row, other * 2 + channel])
            total += weight
          }
        }
        let value = Double(received[row, (line * 7 + column) * 2 + channel])
        #expect(abs(value - sum / total) < 1e-6, "severity \(severity)")
      }
    }
    let flat = Tensor(repeating: 0.3, shape: [1, shape.features])
    #expect(
      corruption.corrupted(flat, severity: 5, noise: noise)
        .isApproximatelyEqual(to: flat, absoluteTolerance: 1e-7))
  }

  @Test("Contrast brings each channel nearer to its mean by the factor")
  func contrast() {
    let shape = ImageShape(height: 4, width: 3, channels: 2, range: -1...1)
    let x = images(shape, rows: 3)
    let corruption = ImageCorruption.contrast(shape)
    let received = corruption.corrupted(x, severity: 4, noise: noise)
    for row in 0..<3 {
      for channel in 0..<2 {
        let mean = (0..<12).reduce(0.0) { $0 + Double(x[row, 2 * $1 + channel]) } / 12
        for pixel in 0..<12 {
          let expected = (Double(x[row, 2 * pixel + channel]) - mean) * Double(0.3 as Float) + mean
          #expect(abs(Double(received[row, 2 * pixel + channel]) - expected) < 1e-6)
        }
      }
    }
  }

  @Test(
    "Occlusion sets a rectangle of the stated area to the middle of the range, at every place there is"
  )
  func occlusion() {
    let shape = ImageShape(height: 8, width: 8)
    let rows = 2000
    let x = Tensor(repeating: 1, shape: [rows, 64])
    // √0.12 · 8 is 2.8.
    let received = ImageCorruption.occlusion(shape).corrupted(x, severity: 2, noise: noise)
    var places: [Int: Int] = [:]
    for row in 0..<rows {
      let hidden = (0..<64).filter { received[row, $0] == 0.5 }
      #expect(hidden.count == 9 && (0..<64).count { received[row, $0] == 1 } == 55)
      let first = hidden[0]
      #expect(hidden == (0..<9).map { first + $0 / 3 * 8 + $0 % 3 })
      places[first, default: 0] += 1
    }
    // Of 36 places one is missed by all rows with the probability 36 · (35/36)^2000 = 10⁻²³; each has a share of 1/36.
    #expect(places.count == 36)
    let threshold = Threshold.mean(
      count: rows, variance: 35.0 / 1296, bound: 1, rate: Threshold.failureRate / 36)
    for (_, count) in places {
      #expect(abs(Double(count) / Double(rows) - 1.0 / 36) < threshold)
    }
  }

  @Test(
    "Salt and pepper set the stated share of the numbers to the ends of the range, half to each")
  func saltAndPepper() {
    let shape = ImageShape(height: 20, width: 20, range: -2...3)
    let x = Tensor(repeating: 0.5, shape: [100, 400])
    let corruption = ImageCorruption.saltAndPepper(shape)
    for (severity, rate) in zip(1...5, [0.01, 0.02, 0.03, 0.05, 0.07]) {
      let values = corruption.corrupted(x, severity: severity, noise: noise).scalars
      #expect(values.allSatisfy { $0 == -2 || $0 == 0.5 || $0 == 3 })
      for end: Float in [-2, 3] {
        let share = Double(values.count { $0 == end }) / 40_000
        let threshold = Threshold.mean(
          count: 40_000, variance: rate / 2, bound: 1, rate: Threshold.failureRate / 10)
        // The rate is drawn in steps of 2⁻¹⁵ at least.
        #expect(abs(share - rate / 2) < threshold + 0x1p-15)
      }
    }
  }

  @Test(
    "Shot noise counts photons: the draws are those of the Poisson distribution at the pixel's rate"
  )
  func shotNoise() {
    let shape = ImageShape(height: 10, width: 10, range: 1...3)
    // Rates of 0, 12.5, 25 and 50 at severity 5.
    for (pixel, rate) in [(1, 0), (1.5, 12.5), (2, 25), (3, 50)] as [(Float, Float)] {
      let x = Tensor(repeating: pixel, shape: [50, 100])
      let received = ImageCorruption.shotNoise(shape).corrupted(x, severity: 5, noise: noise)
      let uniforms = noise.in(.evaluation).draws(
        from: Uniform(low: 0, high: 1), site: "corruption.shotNoise", rows: 50, columns: 100)
      let poisson = Poisson(rate: rate)
      for (value, p) in zip(received.scalars, uniforms) {
        let expected = min(1 + Double(poisson.quantile(p)) / 50 * 2, 3)
        #expect(abs(Double(value) - expected) < 1e-6)
      }
    }
    let strong = ImageCorruption.shotNoise(shape, photons: [60, 25, 12, 5, 3])
    #expect(strong.strengths == [60, 25, 12, 5, 3] && strong.name == "shot noise")
  }

  @Test("A greater severity takes images further away, and results stay in the range")
  func severities() {
    let shape = ImageShape(height: 8, width: 8)
    let x = TrainedDigits.test.inputs
    #expect(ImageCorruption.all(shape).map(\.name).count == 5)
    for corruption in ImageCorruption.all(shape) {
      let distances = (1...5).map { severity in
        let received = corruption.corrupted(x, severity: severity, noise: noise)
        #expect(received.minimum() >= 0 && received.maximum() <= 1)
        return (received - x).sumOfSquares()
      }
      for (one, next) in zip(distances, distances.dropFirst()) {
        #expect(one < next, "\(corruption.name)")
      }
    }
  }

  @Test("Bits depend neither on threads and instruction set nor on how the rows are split")
  func bits() {
    let shape = ImageShape(height: 8, width: 8)
    let x = TrainedDigits.test.inputs.rows(0..<9)
    for corruption in ImageCorruption.all(shape) {
      func run(_ range: Range<Int>) -> [Float] {
        corruption.corrupted(
          x.rows(range), severity: 4, noise: noise.rows(from: range.lowerBound)
        ).scalars
      }
      let whole = expectSameBits(of: { run(0..<9) }, corruption.name)
      #expect(sameBits(run(0..<1) + run(1..<6) + run(6..<9), whole), "\(corruption.name)")
    }
  }
}
