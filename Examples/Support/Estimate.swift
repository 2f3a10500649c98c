import Foundation

/// The mean of a few measurements with the 95 % interval of Student's t: mean ± halfWidth.
package struct Estimate: Sendable {
  package let mean: Double
  /// nil for a single measurement, which says nothing of its spread.
  package let halfWidth: Double?

  package init(_ measurements: [Double]) {
    let count = Double(measurements.count)
    let mean = measurements.reduce(0, +) / count
    self.mean = mean
    guard measurements.count > 1 else {
      halfWidth = nil
      return
    }
    let variance = measurements.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / (count - 1)
    halfWidth = studentQuantile(freedom: measurements.count - 1) * (variance / count).squareRoot()
  }
}

/// The 97.5 % quantile of Student's t: what its absolute value exceeds with the probability 5 %.
///
/// - Parameter freedom: degrees of freedom, at least 1.
func studentQuantile(freedom: Int) -> Double {
  // 12.71 at one degree of freedom is the greatest; the probability falls in between.
  var (low, high) = (0.0, 13.0)
  while true {
    let middle = (low + high) / 2
    if middle == low || middle == high { return middle }
    if studentProbability(within: middle, freedom: freedom) < 0.95 {
      low = middle
    } else {
      high = middle
    }
  }
}

/// The probability that Student's t lies in −t…t, by the finite sums of Abramowitz & Stegun 26.7.3 and 26.7.4.
private func studentProbability(within t: Double, freedom: Int) -> Double {
  let angle = atan(t / Double(freedom).squareRoot())
  let (sine, cosine) = (sin(angle), cos(angle))
  let isOdd = freedom % 2 == 1
  var term = isOdd ? cosine : 1
  var sum = freedom == 1 ? 0 : term
  for power in stride(from: isOdd ? 3 : 2, through: freedom - 2, by: 2) {
    term *= cosine * cosine * Double(power - 1) / Double(power)
    sum += term
  }
  return isOdd ? 2 / .pi * (angle + sine * sum) : sine * sum
}
