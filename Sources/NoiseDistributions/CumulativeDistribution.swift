/// A distribution whose cumulative distribution function is known.
///
/// ```swift
/// let laplace = Laplace(scale: 2)
/// let share = laplace.cumulativeProbability(1) - laplace.cumulativeProbability(-1)
/// print("\(100 * share) % of the draws lie within ±1")
/// ```
public protocol CumulativeDistribution: NoiseDistribution {
  /// P(X ≤ x), exact: of the distribution itself where it is continuous, of which draws are values at finitely many
  /// probabilities; of the probabilities that are really drawn where it is discrete.
  ///
  /// It is evaluated in double precision, to about 10⁻¹⁵ of itself in the lower tail; in the upper tail it is near 1,
  /// where a `Double`'s own steps are 1.1 · 10⁻¹⁶. Where the built-in distributions say nothing else, their bits are the
  /// same on every machine. ``ReproducibleDoubleMath`` has the functions for those of one's own.
  ///
  /// - Parameter x: any number. −∞ gives 0, ∞ gives 1, NaN gives NaN.
  func cumulativeProbability(_ x: Double) -> Double
}
