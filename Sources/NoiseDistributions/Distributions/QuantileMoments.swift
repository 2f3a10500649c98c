/// Mean and variance of the 2²³ quantiles of p = (2k + 1) · 2⁻²⁴, which draws are, without computing all of them.
///
/// The k are divided in blocks of 2²¹, 2²⁰ … 1 towards either end. In a block whose ends have the same quantile all are
/// equal. In another, the trapezoid sum of the quantiles is Simpson's rule's on the halves if that on the whole agrees, else the
/// sum of the halves' own. They agree if they differ by less than 2⁻²² of the standard deviation, or of the median if that is
/// more, which rounds the quantiles.
struct QuantileMoments {
  private(set) var mean = 0.0
  private(set) var variance = 0.0

  private let quantile: (Float) -> Float
  // Sums are of differences from a quantile in the middle, and of their squares.
  private let center: Double
  private var sums = Sums()
  private var tolerance = Sums()

  private struct Sums {
    var first = 0.0
    var second = 0.0

    /// weight · x and weight · x².
    mutating func add(_ x: Double, _ weight: Double) {
      first += weight * x
      second += weight * x * x
    }
  }

  private static let count = 1 << 23

  init(_ quantile: @escaping (Float) -> Float) {
    self.quantile = quantile
    center = Double(quantile(0.5 - 0x1p-24))
    let (half, last) = (Self.count / 2, Self.count - 1)
    let (lowest, highest) = (value(0), value(last))
    let spread = roughSpread()
    let size = max(spread, abs(center))
    tolerance = Sums(first: 0x1p-22 * size, second: 0x1p-21 * size * spread)
    // Trapezoid sums have half of each end.
    sums.add(lowest, 0.5)
    sums.add(highest, 0.5)
    addBlock(half - 1, 1, value(half - 1), value(half))
    for (start, length) in Self.blocks {
      addBlock(start, length, value(start), value(start + length))
    }
    let first = sums.first / Double(Self.count)
    mean = center + first
    variance = max(0, sums.second / Double(Self.count) - first * first)
  }

  /// All but the two quantiles in the middle: from either end 1, 2, 4 … of them.
  private static let blocks = (0...21).flatMap { (power: Int) -> [(start: Int, length: Int)] in
    let length = 1 << power
    return [(length - 1, length), (QuantileMoments.count - 2 * length, length)]
  }

  /// The root of the mean square of the differences from the median, by the ends of the blocks alone: to a factor of 2 or
  /// so, in heavy tails too, of which the greatest draws may be most.
  private func roughSpread() -> Double {
    var sum = 0.0
    for (start, length) in Self.blocks {
      let (left, right) = (value(start), value(start + length))
      sum += Double(length) * (left * left + right * right) / 2
    }
    return (sum / Double(Self.count)).squareRoot()
  }

  private func value(_ k: Int) -> Double {
    Double(quantile(Float(2 * k + 1) * 0x1p-24)) - center
  }

  /// Adds the trapezoid sum from k = start to start + length, a power of 2.
  private mutating func addBlock(_ start: Int, _ length: Int, _ left: Double, _ right: Double) {
    let weight = Double(length)
    if left == right { return sums.add(left, weight) }
    if length == 1 {
      sums.add(left, 0.5)
      return sums.add(right, 0.5)
    }
    let half = length / 2
    let middle = value(start + half)
    if length >= 4 {
      let (first, third) = (value(start + half / 2), value(start + half + half / 2))
      var (whole, halves) = (Sums(), Sums())
      for (x, coarse, fine) in [
        (left, 1.0, 0.5), (first, 0, 2), (middle, 4, 1), (third, 0, 2), (right, 1, 0.5),
      ] {
        whole.add(x, coarse * weight / 6)
        halves.add(x, fine * weight / 6)
      }
      // A block of less than a 1,024th of all may be wrong by as much as one of a 1,024th.
      let share = max(weight, Double(Self.count / 1024))
      if abs(whole.first - halves.first) <= tolerance.first * share
        && abs(whole.second - halves.second) <= tolerance.second * share
      {
        sums.first += halves.first
        sums.second += halves.second
        return
      }
    }
    addBlock(start, half, left, middle)
    addBlock(start + half, half, middle, right)
  }
}
