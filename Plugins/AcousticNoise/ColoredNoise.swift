public import NoiseDistributions

/// Gaussian noise along a row whose power falls with frequency as 1/f^β: white (β = 0), pink (1), brown (2) and all between.
///
/// A row is a signal in time, a column a sample of it. The power spectral density is proportional to (2 sin πf)^(−β), with f in
/// cycles per sample: 1/f^β but for the highest frequencies, from which it is 0.5 dB · β away at f = ¼ and 2 dB · β at ½. (It is
/// the spectrum of fractionally integrated noise: Kasdin, *Discrete simulation of colored noise and stochastic
/// processes and 1/f^α power law noise generation*, 1995.) From four times the lowest frequency up it is met within
/// 0.3 dB; below the lowest frequency the spectrum is flat.
///
/// The noise is the sum of white noise and of one autoregressive process, x ← a · x + b · z, for each factor of 4 in frequency
/// (``autocovariance(lag:)`` is a sum of powers). Each process begins with a draw of its stationary distribution, so the row is
/// stationary from its first sample, its draws are Gaussian with exactly the stated variance, and rows are independent. The
/// first columns do not depend on the width, as long as that is more than 32 for both or for neither.
///
/// A draw costs a Gaussian draw for each process: with the default lowest frequency about ten times that of `Gaussian`.
public struct ColoredNoise: RowNoiseDistribution, Hashable, CustomStringConvertible {
  /// β: 0 is white, 1 pink, 2 brown.
  public let spectralSlope: Float
  /// Of a draw.
  public let standardDeviation: Float
  /// Below it the spectrum is flat; in cycles per sample.
  public let lowestFrequency: Float
  private let components: SpectralComponents

  /// - Parameters:
  ///   - spectralSlope: β, 0…2; another stops the program.
  ///   - standardDeviation: of a draw; finite, 0 or more; another stops the program.
  ///   - lowestFrequency: in cycles per sample, 10⁻⁶ … ¼; another stops the program. 1/4096 is 3.9 Hz at 16 kHz.
  public init(
    spectralSlope: Float, standardDeviation: Float = 1, lowestFrequency: Float = 1 / 4096
  ) {
    Self.slopeRange.require(spectralSlope, "ColoredNoise", "spectralSlope")
    ParameterRange.nonNegative.require(standardDeviation, "ColoredNoise", "standardDeviation")
    Self.lowestFrequencyRange.require(lowestFrequency, "ColoredNoise", "lowestFrequency")
    self.spectralSlope = spectralSlope
    self.standardDeviation = standardDeviation
    self.lowestFrequency = lowestFrequency
    components = SpectralComponents(slope: spectralSlope, lowestFrequency: lowestFrequency)
  }

  static let slopeRange = ParameterRange("0…2") { $0 >= 0 && $0 <= 2 }
  static let lowestFrequencyRange = ParameterRange("1e-06…0.25") {
    $0 >= Double(1e-6 as Float) && $0 <= 0.25
  }

  /// The same power at every frequency: uncorrelated draws.
  public static func white(standardDeviation: Float = 1) -> ColoredNoise {
    ColoredNoise(spectralSlope: 0, standardDeviation: standardDeviation)
  }

  /// The same power in every octave.
  public static func pink(standardDeviation: Float = 1) -> ColoredNoise {
    ColoredNoise(spectralSlope: 1, standardDeviation: standardDeviation)
  }

  /// The spectrum of a random walk, down to the lowest frequency.
  public static func brown(standardDeviation: Float = 1) -> ColoredNoise {
    ColoredNoise(spectralSlope: 2, standardDeviation: standardDeviation)
  }

  public var mean: Double { 0 }

  /// standardDeviation², at every column.
  public var variance: Double { Double(standardDeviation) * Double(standardDeviation) }

  /// The covariance of two draws of a row, `lag` columns apart.
  ///
  /// - Parameter lag: 0 or more, or its negative.
  public func autocovariance(lag: Int) -> Double {
    variance * components.correlation(lag: abs(lag))
  }

  /// The power spectral density: its integral over −½ … ½ is the variance.
  ///
  /// - Parameter frequency: in cycles per sample.
  public func powerSpectralDensity(frequency: Float) -> Double {
    let sine = Double(ReproducibleMath.sin(.pi * frequency))
    return variance * components.density(4 * sine * sine)
  }

  public func fillRow(_ row: inout MutableSpan<Float>, at address: NoiseAddress) {
    if row.isEmpty { return }
    // The white part in plane 0, the processes in those from 1 on.
    let white = amplitude(components.whiteVariance)
    if white > 0 { address.fillGaussians(&row) }
    for column in row.indices { row[column] = white > 0 ? white * row[column] : 0 }
    var storage = [Float](repeating: 0, count: row.count)
    var draws = storage.mutableSpan
    for (index, process) in components.processes.enumerated() where process.variance > 0 {
      address.plane(index + 1).fillGaussians(&draws)
      let a = process.correlation
      add(
        &draws, to: &row, correlation: Float(a), start: amplitude(process.variance),
        innovation: amplitude(process.variance * (1 - a * a)))
    }
  }

  private func amplitude(_ share: Double) -> Float {
    Float(Double(standardDeviation) * share.squareRoot())
  }

  private func add(
    _ draws: inout MutableSpan<Float>, to row: inout MutableSpan<Float>, correlation: Float,
    start: Float, innovation: Float
  ) {
    unsafe draws.withUnsafeMutableBufferPointer { draws in
      unsafe row.withUnsafeMutableBufferPointer { row in
        var state = unsafe start * draws[0]
        unsafe row[0] += state
        for column in 1..<draws.count {
          state = unsafe correlation * state + innovation * draws[column]
          unsafe row[column] += state
        }
      }
    }
  }

  public var description: String {
    "ColoredNoise(spectralSlope: \(spectralSlope), standardDeviation: \(standardDeviation), lowestFrequency: \(lowestFrequency))"
  }
}

extension ColoredNoise: CumulativeDistribution {
  /// Φ(x / standardDeviation): that of a draw by itself, at any column. Those of a row depend on each other.
  public func cumulativeProbability(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    if standardDeviation == 0 { return x < 0 ? 0 : 1 }
    return ReproducibleDoubleMath.normalProbability(x / Double(standardDeviation))
  }
}
