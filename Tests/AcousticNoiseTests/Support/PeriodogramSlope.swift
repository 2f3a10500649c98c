import Foundation

/// The slope of a line through the logarithms of mean periodograms.
struct PeriodogramSlope {
  /// By how much each logarithm counts: the least-squares slope is the sum of the products.
  let weights: [Double]

  /// - Parameter places: the logarithms of the frequencies.
  init(places: [Double]) {
    let mean = places.reduce(0, +) / Double(places.count)
    let spread = places.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    weights = places.map { ($0 - mean) / spread }
  }

  func slope(of logarithms: [Double]) -> Double {
    zip(weights, logarithms).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// How far the slope may lie from its expectation, with a probability of at most `rate`.
  ///
  /// A mean of n periodograms of independent rows of normal draws is its expectation times χ² with 2n degrees of freedom over 2n.
  /// Means at frequencies some steps apart are independent. The logarithm L of χ²/2n has E exp(tL) = Γ(n + t) / (Γ(n) · nᵗ), so that by
  /// Chernoff's bound
  ///
  ///     P(Σ wᵢ Lᵢ ≥ x) ≤ exp(Σ ln E exp(t wᵢ Lᵢ) − t x)   for every t > 0
  ///
  /// and likewise of −L. (The weights' sum is 0, so that the mean of L, which is not 0, falls out.)
  func threshold(rows n: Int, rate: Double) -> Double {
    let shape = Double(n)
    let limit: Double = log(2 / rate)
    let logarithm: Double = log(shape)
    let gamma: Double = lgamma(shape)
    let greatest = weights.reduce(0) { max($0, abs($1)) }
    func bound(_ t: Double) -> Double {
      var sum = limit
      for weight in weights {
        let power: Double = t * weight
        let raised: Double = lgamma(shape + power)
        sum += raised - gamma - power * logarithm
      }
      return sum / t
    }
    // Γ(n + t) exists above t = −n.
    var least = Double.infinity
    for step in 1...400 {
      let t: Double = Double(step) / 400 * 0.95 * shape / greatest
      least = min(least, max(bound(t), -bound(-t)))
    }
    return least
  }
}
