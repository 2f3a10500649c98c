import Foundation

/// What is made of many figures of one thing.
public enum Statistics {
  /// The middle one, or the mean of the two: on a machine that others use too, the mean tells of them. Nil of none.
  public static func median(_ values: [Double]) -> Double? {
    if values.isEmpty { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// exp of the mean logarithm; nil of none. All are above 0.
  public static func geometricMean(_ values: [Double]) -> Double? {
    if values.isEmpty { return nil }
    return exp(values.map { log($0) }.reduce(0, +) / Double(values.count))
  }

  /// The median of the rounds' quotients, over the rounds that have both; nil if none has.
  public static func medianRatio(_ numerators: [Double?], _ denominators: [Double?]) -> Double? {
    median(
      zip(numerators, denominators).compactMap { numerator, denominator in
        guard let numerator, let denominator else { return nil }
        return numerator / denominator
      })
  }
}
