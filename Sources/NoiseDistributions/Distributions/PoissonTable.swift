import CKernels

/// The distribution function of a Poisson distribution, and what its draws are found by: shared by all copies of it.
@safe final class PoissonTable: @unchecked Sendable {
  // P(X ≤ first), P(X ≤ first + 1) …, up to the first that is 1; below `first` it is 0 in double precision.
  private let first: Int
  private let cumulative: [Double]
  // Of the value firstDrawn + j the number of the 2²³ probabilities p that draw it or a lesser one: the kernels read these.
  private let firstDrawn: Int
  private let thresholds: UnsafeMutableBufferPointer<UInt32>
  private let guide: UnsafeMutablePointer<UInt32>

  private static let count = 1 << 23
  private static let guideCount = Int(CK_INVERSION_GUIDES)

  init(rate: Double) {
    (first, cumulative) = PoissonTable.distribution(rate)
    // p = (2k + 1) · 2⁻²⁴ ≤ F for the k below F · 2²³ + ½.
    let counts = cumulative.map { UInt32($0 * Double(PoissonTable.count) + 0.5) }
    let start = counts.firstIndex { $0 > 0 }!
    let end = counts.firstIndex(of: UInt32(PoissonTable.count))!
    firstDrawn = first + start
    unsafe thresholds = .allocate(capacity: end - start + 1)
    _ = unsafe thresholds.initialize(from: counts[start...end])
    unsafe guide = .allocate(capacity: PoissonTable.guideCount)
    unsafe ck_inversion_guide(thresholds.baseAddress, guide)
  }

  deinit {
    unsafe thresholds.deallocate()
    unsafe guide.deallocate()
  }

  /// The least value that is not 0 in double precision, and the distribution function from there on.
  private static func distribution(_ rate: Double) -> (first: Int, cumulative: [Double]) {
    // In units of the mode's probability, from the mode to both sides until nothing is left.
    let mode = Int(rate)
    var lower = [1.0]
    for value in stride(from: mode, to: 0, by: -1) {
      let term = lower.last! * Double(value) / rate
      if term < 0x1p-1000 { break }
      lower.append(term)
    }
    var upper: [Double] = []
    var term = 1.0
    for value in 1... {
      term *= rate / Double(mode + value)
      if term < 0x1p-64 { break }
      upper.append(term)
    }
    // Sums from the far ends, so that both tails keep their digits.
    var below: [Double] = []
    for term in lower.reversed() { below.append((below.last ?? 0) + term) }
    var above = [0.0]
    for term in upper.reversed() { above.append(above.last! + term) }
    let total = below.last! + above.last!
    let probabilities =
      below.map { $0 / total } + above.dropLast().reversed().map { 1 - $0 / total }
    return (mode + 1 - lower.count, probabilities)
  }

  func cumulativeProbability(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x < Double(first) { return 0 }
    if x >= Double(first + cumulative.count - 1) { return 1 }
    return cumulative[Int(x) - first]
  }

  func quantile(_ p: Float) -> Float {
    guard p >= 0 && p <= 1 else { return .nan }
    let count = PoissonTable.count
    let number = min(UInt32(p * Float(count)), UInt32(count - 1))
    let entry = unsafe guide[Int(number) / (count / PoissonTable.guideCount)]
    var index = Int(entry >> 12 & 65535)
    while unsafe thresholds[index] <= number { index += 1 }
    return Float(firstDrawn + index)
  }

  var mean: Double { Double(firstDrawn) + moments.first }

  var variance: Double { moments.second - moments.first * moments.first }

  /// E (x − firstDrawn) and its square's, exact but for one rounding.
  private var moments: (first: Double, second: Double) {
    var (first, second) = (0, 0)
    var below = 0
    for index in unsafe thresholds.indices {
      let threshold = unsafe Int(thresholds[index])
      first += (threshold - below) * index
      second += (threshold - below) * index * index
      below = threshold
    }
    let count = Double(PoissonTable.count)
    return (Double(first) / count, Double(second) / count)
  }

  var inversion: ck_inversion {
    unsafe ck_inversion(
      thresholds: thresholds.baseAddress, guide: guide, first: Float(firstDrawn))
  }
}
