package import CKernels
import DitherRuntime

/// The triangular distribution: its density rises in a straight line from low to mode, and falls in one from mode to high.
///
/// By its quantile function. With w = high − low, c = (mode − low) / w and c' = (high − mode) / w,
///
///     d = low + w · √(p · c)           where p < c
///     d = high − w · √((1 − p) · c')   elsewhere
///
/// to within 2⁻²⁴ · (3 · w + max(|low|, |high|)). No draw lies outside low…high.
///
/// Kotz, van Dorp: *Beyond Beta* (2004), chapter 1.
public struct Triangular: QuantileDistribution, Hashable, CustomStringConvertible {
  /// The lower end.
  public let low: Float
  /// Where the density is greatest: not below `low`, not above `high`.
  public let mode: Float
  /// The upper end.
  public let high: Float

  // w, c and c', each rounded once, as the kernels have them.
  private let extent: Float
  private let below: Float
  private let above: Float

  /// - Parameters:
  ///   - low: finite; another stops the program.
  ///   - mode: between `low` and `high`, or equal to one of them; another stops the program.
  ///   - high: finite, and `high - low` finite; another stops the program.
  public init(low: Float, mode: Float, high: Float) {
    requireFinite(low, "Triangular", "low")
    requireFinite(mode, "Triangular", "mode")
    requireFinite(high, "Triangular", "high")
    if let problem = Triangular.problem(low: low, mode: mode, high: high) { misuse(problem) }
    self.low = low
    self.mode = mode
    self.high = high
    extent = high - low
    let width = Double(high) - Double(low)
    below = width == 0 ? 0.5 : Float((Double(mode) - Double(low)) / width)
    above = width == 0 ? 0.5 : Float((Double(high) - Double(mode)) / width)
  }

  /// What is wrong with three finite numbers; nil for nothing.
  static func problem(low: Float, mode: Float, high: Float) -> String? {
    if !(low <= mode && mode <= high) {
      return
        "Triangular: low is \(low), mode is \(mode) and high is \(high); expected low ≤ mode ≤ high"
    }
    return (high - low).isFinite
      ? nil : "Triangular: low is \(low) and high is \(high); expected a difference that is finite"
  }

  /// The symmetric one between −halfWidth and halfWidth: that of the sum of two uniform draws.
  ///
  /// - Parameter halfWidth: 0 or more, twice of it finite; another stops the program.
  public init(halfWidth: Float) {
    requireSpread(halfWidth, "Triangular", "halfWidth")
    self.init(low: -halfWidth, mode: 0, high: halfWidth)
  }

  /// (low + mode + high) / 3. That of the 2²³ quantiles differs by less than 10⁻¹¹ · w.
  public var mean: Double { (Double(low) + Double(mode) + Double(high)) / 3 }

  /// (a² + a · b + b²) / 18 with a = mode − low and b = high − mode. That of the 2²³ quantiles differs by less than
  /// 10⁻¹⁰ of it.
  public var variance: Double {
    let a = Double(mode) - Double(low)
    let b = Double(high) - Double(mode)
    return (a * a + a * b + b * b) / 18
  }

  public func quantile(_ p: Float) -> Float {
    // The mode bounds what rounding could carry beyond it, and with that beyond the other end.
    if p < below {
      let draw = low.addingProduct(extent, (p * below).squareRoot())
      return mode < draw ? mode : draw
    }
    let draw = high.addingProduct(-extent, ((1 - p) * above).squareRoot())
    return draw < mode ? mode : draw
  }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    unsafe address.fill(&tile, from: draw)
  }

  public var description: String { "Triangular(low: \(low), mode: \(mode), high: \(high))" }
}

extension Triangular: NativeDistribution {
  package var draw: ck_draw { unsafe ck_draw(CK_TRIANGULAR, a: low, b: high, c: mode) }
}

extension Triangular: CumulativeDistribution {
  /// (x − low)² / (w · (mode − low)) below the mode, 1 − (high − x)² / (w · (high − mode)) above it.
  public func cumulativeProbability(_ x: Double) -> Double {
    let (low, mode, high) = (Double(low), Double(mode), Double(high))
    if low == high { return stepProbability(x, at: low) }
    if x.isNaN { return x }
    if x <= low { return 0 }
    if x >= high { return 1 }
    if x < mode { return (x - low) / (high - low) * ((x - low) / (mode - low)) }
    // As the share below the mode and what follows it, which keeps its digits where the mode is the lower end.
    let above = (x - mode) / (high - low) * (((high - x) + (high - mode)) / (high - mode))
    return min(1, (mode - low) / (high - low) + above)
  }
}
