import CKernels
import DitherRuntime
import Foundation
import NoiseDistributions
import TestSupport
import Testing

@Suite("Draws and functions agree with another implementation")
struct ReferenceTests {
  let file: URL

  init() throws {
    file = try #require(
      Bundle.module.url(
        forResource: "references", withExtension: "txt", subdirectory: "Resources"))
  }

  static let domains: [NoiseDomain] = [
    .initialization, .training, .sampling, .shuffling, .optimizer, .evaluation,
  ]

  @Test("Words, uniforms, normals and log-normals are those of a Python implementation, to the bit")
  func draws() throws {
    let rows = try references("draw", in: file)
    #expect(rows.count == 160)
    for row in rows {
      let numbers = row[2...8].map { Int($0)! }
      let site = row[14...].joined(separator: " ").dropFirst().dropLast()
      let (row_, column, width) = (numbers[4], numbers[5], numbers[6])
      let address = NoiseStream(seed: UInt64(row[1])!).in(Self.domains[numbers[0]])
        .at(step: numbers[2]).rows(from: row_)
        .address(of: String(site), slot: numbers[1], rows: 1, columns: width).plane(numbers[3])
      let expected = row[9...].prefix(5).map { UInt32($0, radix: 16)! }
      if width > 1 << 12 {
        // Too wide to be drawn whole: its one column alone, by the kernel.
        #expect(word(at: address, column: column) == expected[0])
        continue
      }
      var words = [UInt32](repeating: 0, count: width)
      var wordSpan = words.mutableSpan
      address.fillWords(&wordSpan)
      #expect(words[column] == expected[0])
      var floats = [Float](repeating: 0, count: width)
      var span = floats.mutableSpan
      address.fillUniforms(&span)
      #expect(span[column].bitPattern == expected[2])
      address.fillGaussians(&span)
      #expect(span[column].bitPattern == expected[3])
      LogNormal(logMean: 0.25, logStandardDeviation: 0.5).fill(&span, at: address)
      #expect(span[column].bitPattern == expected[4])
    }
  }

  private func word(at address: NoiseAddress, column: Int) -> UInt32 {
    var kernelAddress = address.kernelAddress
    kernelAddress.column = UInt32(column)
    var execution = unsafe Execution.current.kernelExecution
    var word: UInt32 = 0
    check(unsafe ck_fill_words(&execution, &kernelAddress, 1, 1, &word, 1))
    return word
  }

  @Test("A Bernoulli draw compares the half word of a Python implementation")
  func halfWords() throws {
    for row in try references("draw", in: file) where row[5] == "0" && Int(row[8])! <= 1 << 12 {
      let numbers = row[2...8].map { Int($0)! }
      let site = row[14...].joined(separator: " ").dropFirst().dropLast()
      let half = Int(row[10], radix: 16)!
      let noise = NoiseStream(seed: UInt64(row[1])!).in(Self.domains[numbers[0]])
        .at(step: numbers[2]).rows(from: numbers[4])
      // Thresholds are even: the least one above the half word, and the greatest one that is not.
      for (threshold, expected) in [(half / 2 * 2 + 2, Float(1)), (half / 2 * 2, 0)] {
        guard threshold >= 1024, threshold <= 65536 - 1024 else { continue }
        let found = noise.draws(
          from: Bernoulli(probability: Double(threshold) / 65536), site: String(site),
          slot: numbers[1], rows: 1, columns: numbers[6])
        #expect(found[numbers[5]] == expected)
      }
    }
  }

  // The unit in the last place of the expected value, in float.
  @Test("The normal quantile is SciPy's to within 4 units in the last place")
  func inverseNormal() throws {
    let rows = try references("inverse-normal", in: file)
    #expect(rows.count > 80)
    for row in rows {
      let (p, expected) = (Float(row[1])!, Double(row[2])!)
      let found = Double(ReproducibleMath.inverseNormal(p))
      #expect(
        abs(found - expected) <= 4 * Double(Float(expected).ulp), "p = \(p)")
    }
  }

  @Test("The moments of log-normal draws are those of an exact sum over the greatest draws")
  func logNormal() throws {
    let rows = try references("log-normal", in: file)
    #expect(rows.count == 7)
    for row in rows {
      let distribution = LogNormal(
        logMean: Float(row[1])!, logStandardDeviation: Float(row[2])!)
      let (mean, variance) = (Double(row[3])!, Double(row[4])!)
      #expect(abs(distribution.mean - mean) <= 1e-8 * mean)
      #expect(abs(distribution.variance - variance) <= 1e-6 * variance, "\(distribution)")
    }
  }
}
