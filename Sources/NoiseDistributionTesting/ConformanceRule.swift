/// What a distribution has to keep, and ``checkConformance(of:seed:kurtosis:)`` checks: in this order, as a later rule is often
/// broken because an earlier one is.
public enum ConformanceRule: String, CaseIterable, Hashable, Sendable, CustomStringConvertible {
  /// Filling a tile twice at one address gives the same bits: nothing is remembered between calls.
  case repeatable
  /// Every element of a tile is written, whatever its shape; and every one of a whole row, where that is what is filled.
  case everyElementWritten
  /// What the tile held before does not matter.
  case independentOfContents
  /// A draw is the same however the matrix is cut into tiles, at any offset of rows and columns, and in a matrix of another
  /// width of the same layout (up to 32 columns, or more), unless it depends on its whole row.
  case independentOfTile
  /// A draw is the same on every thread, at any thread count and on every instruction set.
  case independentOfExecution
  /// No draw is NaN, at any address, and none is infinite unless the mean or the variance is stated to be.
  case finite
  /// What is drawn at the least and at the greatest uniform is finite, and so are the quantiles next to 0 and 1.
  case extremes
  /// Draws have one distribution at every address: at every step, row, site, slot, domain and seed, in the first column and in the
  /// last, in matrices of every width.
  case sameDistributionEverywhere
  /// The mean is the stated one.
  case mean
  /// The variance is the stated one; 0 or more, infinity, or NaN.
  case variance
  /// The quantile never decreases as p grows.
  case quantileIncreases
  /// The cumulative probability lies in 0…1 and never decreases as x grows; it is 0 at −∞, 1 at ∞ and NaN at NaN.
  case cumulativeProbabilityIncreases
  /// The quantile and the cumulative probability are each other's inverse.
  case quantileMatchesCumulativeProbability
  /// Draws have the distribution that the quantile gives. Where they are the quantiles of the uniforms at one address, to the bit,
  /// they are at every address.
  case drawsMatchQuantile
  /// Draws have the distribution that the cumulative probability gives (Kolmogorov and Smirnov).
  case drawsMatchCumulativeProbability
  /// Draws at neighbouring addresses are independent: columns, rows, steps, sites, slots, domains, seeds. The columns of a
  /// `RowNoiseDistribution` need not be.
  case independentNeighbours

  public var description: String { rawValue }
}
