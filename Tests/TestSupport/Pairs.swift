/// The pairs of draws that lie `lag` apart, each draw in one pair alone.
package func neighbours(in draws: [Float], apart lag: Int) -> (a: [Float], b: [Float]) {
  var (a, b) = ([Float](), [Float]())
  a.reserveCapacity(draws.count / 2)
  b.reserveCapacity(draws.count / 2)
  for start in stride(from: 0, to: draws.count, by: 2 * lag) {
    a += draws[start..<start + lag]
    b += draws[start + lag..<start + 2 * lag]
  }
  return (a, b)
}

/// Σ x·y and Σ (x² − 1)·(y² − 1) over pairs, of x, y = (draw − mean) / deviation.
package func sumsOfProducts(
  _ a: [Float], _ b: [Float], mean: Double, deviation: Double
) -> (products: Double, squares: Double) {
  var (products, squares) = (0.0, 0.0)
  for (first, second) in zip(a, b) {
    let (x, y) = ((Double(first) - mean) / deviation, (Double(second) - mean) / deviation)
    products += x * y
    squares += (x * x - 1) * (y * y - 1)
  }
  return (products, squares)
}
