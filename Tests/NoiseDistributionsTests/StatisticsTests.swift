import NoiseDistributions
import TestSupport
import Testing

@Suite("Draws have the distribution that is stated")
struct StatisticsTests {
  static let shapes = [(rows: 1 << 10, columns: 1 << 10), (rows: 1 << 16, columns: 16)]

  // What is always seen of a Gaussian's 2^20 draws: a mean off by 0.014 standard deviations, a variance off by 2 %, a
  // skew off by 0.06, a kurtosis off by 0.16.
  @Test(
    "Mean, variance, skew and kurtosis are the stated ones", arguments: KnownDistribution.all,
    shapes)
  func moments(_ known: KnownDistribution, _ shape: (rows: Int, columns: Int)) {
    known.expectMoments(of: known.draws(rows: shape.rows, columns: shape.columns))
  }

  // Two checks share the rate. Of 2^20 draws it is always seen if the probability of any half-line is off by 0.0065, or
  // if the probabilities of the bins are off by 3 % each.
  @Test(
    "The distribution function is the stated one", arguments: KnownDistribution.continuous, shapes)
  func distribution(_ known: KnownDistribution, _ shape: (rows: Int, columns: Int)) {
    known.expectProbabilities(of: known.draws(rows: shape.rows, columns: shape.columns))
  }

  // Of 2^20 draws it is always seen if a probability of ½ is off by 0.006, one of 0.01 by 0.0013.
  @Test("Each value has the stated probability", arguments: KnownDistribution.discrete, shapes)
  func masses(_ known: KnownDistribution, _ shape: (rows: Int, columns: Int)) {
    known.expectMasses(of: known.draws(rows: shape.rows, columns: shape.columns))
  }

  // What is always seen of a Gaussian's 2^24 draws: a mean off by 0.0034 standard deviations, a variance off by 0.5 %, a
  // kurtosis off by 0.034, the probability of a half-line off by 0.0016.
  @Test(
    "The same holds of 2^24 draws",
    .enabled(if: runsLongTests),
    arguments: KnownDistribution.all)
  func long(_ known: KnownDistribution) {
    let draws = known.draws(rows: 1 << 12, columns: 1 << 12)
    known.expectMoments(of: draws)
    if known.probability != nil { known.expectProbabilities(of: draws) }
    if !known.masses.isEmpty { known.expectMasses(of: draws) }
  }

  // 32 checks share the rate. A bit that is 1 with a probability off by 0.01 is always seen.
  @Test("Each of the 32 bits of a word is 1 half of the time")
  func bits() {
    let address = NoiseStream(seed: 3).address(of: "bits", rows: 1 << 9, columns: 1 << 10)
    var words = [UInt32](repeating: 0, count: 1 << 19)
    var span = words.mutableSpan
    address.fillWords(&span)
    var counts = [Int](repeating: 0, count: 4 * 256)
    for word in words {
      counts[Int(word & 255)] += 1
      counts[256 + Int(word >> 8 & 255)] += 1
      counts[512 + Int(word >> 16 & 255)] += 1
      counts[768 + Int(word >> 24)] += 1
    }
    let threshold = Threshold.mean(
      count: 1 << 19, variance: 0.25, bound: 0.5, rate: Threshold.failureRate / 32)
    for bit in 0..<32 {
      let ones = (0..<256).reduce(0) {
        $0 + ($1 >> (bit % 8) & 1 == 1 ? counts[bit / 8 * 256 + $1] : 0)
      }
      #expect(abs(Double(ones) / 0x1p19 - 0.5) <= threshold, "bit \(bit)")
    }
  }
}
