/// One value, always: no random words are drawn.
///
/// For a shift or a factor without noise where a rule wants a distribution, and to replace elements by a value of one's
/// choice: `.replacing(Constant(value: 0.5), rate: 0.1)`.
public struct Constant: NoiseDistribution, Hashable, CustomStringConvertible {
  /// What every draw is.
  public let value: Float

  /// - Parameter value: finite; another stops the program.
  public init(value: Float) {
    requireFinite(value, "Constant", "value")
    self.value = value
  }

  /// The value.
  public var mean: Double { Double(value) }

  /// 0.
  public var variance: Double { 0 }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    tile.update(repeating: value)
  }

  public var description: String { "Constant(value: \(value))" }
}

extension Constant: QuantileDistribution, CumulativeDistribution {
  /// The value, whatever p.
  public func quantile(_ p: Float) -> Float { value }

  /// 0 below the value, 1 from there on.
  public func cumulativeProbability(_ x: Double) -> Double { stepProbability(x, at: Double(value)) }
}
