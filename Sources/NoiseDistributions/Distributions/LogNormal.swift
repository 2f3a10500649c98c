package import CKernels

/// The exponential of a normal draw: d = exp(logMean + logStandardDeviation · z), z as in ``Gaussian``.
///
/// z ends at ±6.66, which a wide distribution feels: the variance is less than the ideal's by 10⁻⁶ of it at
/// logStandardDeviation 1, by 22 % at 3 (the mean by 7 · 10⁻⁵). The properties give what is really drawn.
public struct LogNormal: NoiseDistribution, Hashable, CustomStringConvertible {
  /// The mean of the logarithm.
  public let logMean: Float
  /// The standard deviation of the logarithm: 0 or more.
  public let logStandardDeviation: Float

  /// - Parameters:
  ///   - logMean: finite; another stops the program.
  ///   - logStandardDeviation: finite, 0 or more; another stops the program.
  public init(logMean: Float = 0, logStandardDeviation: Float) {
    requireFinite(logMean, "LogNormal", "logMean")
    requireSpread(logStandardDeviation, "LogNormal", "logStandardDeviation")
    self.logMean = logMean
    self.logStandardDeviation = logStandardDeviation
  }

  /// The one whose mean is 1: logMean = −logStandardDeviation² / 2, for use as a factor.
  ///
  /// - Parameter logStandardDeviation: 0 or more, its square finite; another stops the program.
  public static func unitMean(logStandardDeviation: Float) -> LogNormal {
    unitMeanRange.require(logStandardDeviation, "LogNormal.unitMean", "logStandardDeviation")
    let logMean = -logStandardDeviation * logStandardDeviation / 2
    return LogNormal(
      logMean: logMean == 0 ? 0 : logMean, logStandardDeviation: logStandardDeviation)
  }

  private static let unitMeanRange = ParameterRange("a number, 0 or more, whose square is finite") {
    $0 >= 0 && $0 * $0 <= Double(Float.greatestFiniteMagnitude)
  }

  /// E exp(logMean + logStandardDeviation · z), ideally exp(logMean + logStandardDeviation² / 2); infinity if a draw can
  /// be infinite.
  public var mean: Double {
    if overflows { return .infinity }
    return NormalMoments.mean(ofExponential: Double(logMean), spread)
  }

  /// Ideally exp(2 · logMean + logStandardDeviation²) · (exp(logStandardDeviation²) − 1); infinity if a draw can be infinite.
  public var variance: Double {
    if overflows { return .infinity }
    return NormalMoments.variance(ofExponential: Double(logMean), spread)
  }

  // Where the exponential of the draws becomes infinite, just below ln of the greatest finite Float.
  private var overflows: Bool {
    logMean.addingProduct(logStandardDeviation, NormalMoments.greatest) > 0x1.62e42ep6
  }

  private var spread: Double { Double(logStandardDeviation) }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    unsafe address.fill(&tile, from: draw)
  }

  public var description: String {
    "LogNormal(logMean: \(logMean), logStandardDeviation: \(logStandardDeviation))"
  }
}

extension LogNormal: QuantileDistribution, CumulativeDistribution {
  /// exp(logMean + logStandardDeviation · Φ⁻¹(p)), with a relative error of at most
  /// 2⁻²⁴ · (3 + 6 · |logStandardDeviation · Φ⁻¹(p)| + |ln d|). Draws are made in pairs, not by this function.
  public func quantile(_ p: Float) -> Float {
    ReproducibleMath.exp(
      logMean.addingProduct(logStandardDeviation, ReproducibleMath.inverseNormal(p)))
  }

  /// Φ((ln x − logMean) / logStandardDeviation) above 0, 0 below.
  public func cumulativeProbability(_ x: Double) -> Double {
    if logStandardDeviation == 0 {
      return stepProbability(x, at: Double(ReproducibleMath.exp(logMean)))
    }
    if x <= 0 { return 0 }
    return ReproducibleDoubleMath.normalProbability(
      (ReproducibleDoubleMath.log(x) - Double(logMean)) / spread)
  }
}

extension LogNormal: NativeDistribution {
  package var draw: ck_draw {
    unsafe ck_draw(CK_LOG_NORMAL, a: logMean, b: logStandardDeviation)
  }
}
