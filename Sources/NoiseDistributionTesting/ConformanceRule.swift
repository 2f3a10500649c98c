/// What a distribution has to keep, and ``checkConformance(of:seed:kurtosis:)`` checks: in this order, as a later rule is often
/// broken because an earlier one is.
public enum ConformanceRule: String, CaseIterable, Hashable, Sendable, CustomStringConvertible {
  /// Filling a tile twice at one address gives the same bits: nothing is remembered between calls.
  case repeatable
  /// Every element of a tile is written, whatever its shape.
  case everyElementWritten
  /// What the tile held before does not matter.
  case independentOfContents
  /// A draw is the same however the matrix is cut into tiles, at any offset of rows and columns, and in a matrix of another
  /// width of the same layout (up to 32 columns, or more).
  case independentOfTile
  /// A draw is the same on every thread, at any thread count and on every instruction set.
  case independentOfExecution
  /// No draw is NaN, and none is infinite unless the mean or the variance is stated to be.
  case finite
  /// What is drawn at the least and at the greatest uniform is finite, and so are the quantiles next to 0 and 1.
  case extremes
  /// The mean is the stated one.
  case mean
  /// The variance is the stated one; 0 or more, infinity, or NaN.
  case variance
  /// The quantile never decreases as p grows.
  case quantileIncreases
  /// The cumulative probability lies in 0…1 and never decreases as x grows.
  case cumulativeProbabilityIncreases
  /// The quantile and the cumulative probability are each other's inverse.
  case quantileMatchesCumulativeProbability
  /// Draws have the distribution that the quantile gives.
  case drawsMatchQuantile
  /// Draws have the distribution that the cumulative probability gives (Kolmogorov and Smirnov).
  case drawsMatchCumulativeProbability
  /// Draws at neighbouring addresses are independent: columns, rows, steps, sites, slots, domains, seeds.
  case independentNeighbours

  public var description: String { rawValue }
}
