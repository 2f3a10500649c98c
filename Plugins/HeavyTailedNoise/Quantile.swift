/// The value at which a continuous distribution function reaches p, by bisection over the numbers that a `Double` can hold.
///
/// - Parameters:
///   - p: 0…1; another stops the program, with the name of the type.
///   - cumulative: the distribution function; 64 values of it are computed.
func quantile(_ p: Double, _ type: String, of cumulative: (Double) -> Double) -> Double {
  guard p >= 0, p <= 1 else {
    fatalError("\(type).quantile: p is \(p); expected 0…1")
  }
  if p == 0 { return -.infinity }
  if p == 1 { return .infinity }
  var low = order(of: -.greatestFiniteMagnitude)
  var high = order(of: .greatestFiniteMagnitude)
  while low < high {
    // The mean, rounded down; the sum of both may not be an Int64.
    let middle = (low & high) + ((low ^ high) >> 1)
    if cumulative(number(middle)) < p { low = middle + 1 } else { high = middle }
  }
  return number(low)
}

/// A number that grows with x: the bits, those of negative numbers turned round.
private func order(of x: Double) -> Int64 {
  let bits = Int64(bitPattern: x.bitPattern)
  return bits < 0 ? bits ^ .max : bits
}

private func number(_ order: Int64) -> Double {
  Double(bitPattern: UInt64(bitPattern: order < 0 ? order ^ .max : order))
}
