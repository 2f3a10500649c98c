package import CKernels
import DitherRuntime

/// The uniform distribution between two numbers: d = low + (high − low) · p.
///
/// p = (2k + 1) · 2⁻²⁴ with k uniform on 0 … 2²³ − 1, so that neither end is a draw of its own, unless rounding makes it
/// one. The draw is fma(high − low, p, low): rounded once.
public struct Uniform: QuantileDistribution, Hashable, CustomStringConvertible {
  /// The lower end.
  public let low: Float
  /// The upper end: not below `low`.
  public let high: Float

  /// - Parameters:
  ///   - low: finite; another stops the program.
  ///   - high: not below `low`, and `high - low` finite; another stops the program.
  public init(low: Float, high: Float) {
    requireFinite(low, "Uniform", "low")
    requireFinite(high, "Uniform", "high")
    if let problem = Uniform.problem(low: low, high: high) { misuse(problem) }
    self.low = low
    self.high = high
  }

  /// What is wrong with two ends that are finite, if so.
  static func problem(low: Float, high: Float) -> String? {
    if !(low <= high) { return "Uniform: low is \(low) and high is \(high); expected low ≤ high" }
    return (high - low).isFinite
      ? nil
      : "Uniform: low is \(low) and high is \(high); expected a difference that is finite"
  }

  /// Between −halfWidth and halfWidth.
  ///
  /// - Parameter halfWidth: 0 or more, twice of it finite; another stops the program.
  public init(halfWidth: Float) {
    requireSpread(halfWidth, "Uniform", "halfWidth")
    self.init(low: -halfWidth, high: halfWidth)
  }

  // The kernels' own: a difference of floats.
  private var extent: Double { Double(high - low) }

  /// low + (high − low) / 2, with the difference rounded to a `Float` as in the draw.
  public var mean: Double { Double(low) + extent / 2 }

  /// (high − low)² / 12 · (1 − 2⁻⁴⁶): that of 2²³ equally spaced values. Each draw is then rounded to a `Float`.
  public var variance: Double { extent * extent / 12 * (1 - 0x1p-46) }

  public func quantile(_ p: Float) -> Float { low.addingProduct(high - low, p) }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    unsafe address.fill(&tile, from: draw)
  }

  public var description: String { "Uniform(low: \(low), high: \(high))" }
}

extension Uniform: NativeDistribution {
  package var draw: ck_draw { unsafe ck_draw(CK_UNIFORM, a: low, b: high) }
}

extension Uniform: CumulativeDistribution {
  /// (x − low) / (high − low), at least 0 and at most 1.
  public func cumulativeProbability(_ x: Double) -> Double {
    let (low, high) = (Double(low), Double(high))
    if low == high { return stepProbability(x, at: low) }
    return x <= low ? 0 : x >= high ? 1 : (x - low) / (high - low)
  }
}
