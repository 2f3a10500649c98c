import DitherRuntime
public import DitherTensors
import NoiseDistributions

/// Multiplication by log-normal draws of mean 1 whose spread is learned: y = x · exp(s · z − s² / 2), z standard
/// normal.
///
/// s = ln(1 + e^θ) of a parameter θ that is trained with the weights, by the path derivative dy/ds = x · (z − s) ·
/// exp(s · z − s² / 2). In passes without noise it is the identity. The input has shape [batch, columns], or
/// more axes before the last.
///
/// Source: Kingma & Welling 2014, section 2.4, for the derivative.
public struct LogNormalNoise: Layer {
  /// θ: a single number.
  public private(set) var spread: Parameter

  /// - Parameter logStandardDeviation: s before training, finite and above 0; another stops the program.
  public init(logStandardDeviation: Float) {
    require(
      logStandardDeviation > 0 && logStandardDeviation.isFinite,
      "LogNormalNoise: logStandardDeviation is \(logStandardDeviation); expected a finite number above 0"
    )
    let start = NoiseScale.parameter(ofLearnedScale: logStandardDeviation)
    spread = Parameter(Tensor([start], shape: []))
  }

  /// s as it is now.
  public var logStandardDeviation: Float {
    NoiseScale.learnedScale(ofParameter: spread.value.item)
  }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    let s = logStandardDeviation
    return multiplyByLearnedFactor(
      input, pass, parameter: spread, name: "spread",
      factor: LogNormal.unitMean(logStandardDeviation: s),
      slope: Slope(s: s, factor: NoiseScale.slope(ofParameter: spread.value.item)),
      layer: "LogNormalNoise")
  }

  public mutating func visit(_ visitor: inout LayerVisitor) {
    visitor.parameter("spread", &spread)
    let factor = LogNormal.unitMean(logStandardDeviation: logStandardDeviation)
    visitor.noise("input", [.multiplying(factor)])
  }

  /// (z − s) · exp(s · z − s² / 2) · ds/dθ, of the z that the log-normal draw has.
  private struct Slope: NoiseDistribution {
    var s: Float
    var factor: Float
    // Of no use here: nobody asks.
    var mean: Double { .nan }
    var variance: Double { .nan }

    func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
      address.fillGaussians(&tile)
      let logMean = -s * s / 2
      for index in tile.indices {
        let z = tile[index]
        tile[index] = (z - s) * ReproducibleMath.exp(logMean.addingProduct(s, z)) * factor
      }
    }
  }
}
