package import CKernels

/// −1 or 1 with a probability of exactly one half each: a random sign.
///
/// A draw is the highest of the 16 bits that its address has (half a word): 0 gives −1, 1 gives 1. The draws are those of
/// ``SaltAndPepper`` at rate 1.
public struct Rademacher: NoiseDistribution, Hashable, CustomStringConvertible {
  public init() {}

  /// 0: both values are exactly as likely.
  public var mean: Double { 0 }

  /// 1: so is every draw's square.
  public var variance: Double { 1 }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    unsafe address.fill(&tile, from: draw)
  }

  public var description: String { "Rademacher()" }
}

extension Rademacher: NativeDistribution {
  package var draw: ck_draw {
    unsafe ck_draw(CK_SALT_AND_PEPPER, a: -1, b: 1, chance: ck_chance_make(1))
  }
}

extension Rademacher: QuantileDistribution, CumulativeDistribution {
  /// −1 up to ½, 1 above. Draws are made of bits, not by this function.
  public func quantile(_ p: Float) -> Float { p <= 0.5 ? -1 : 1 }

  /// 0 below −1, ½ from there to 1, 1 from 1 on.
  public func cumulativeProbability(_ x: Double) -> Double {
    (stepProbability(x, at: -1) + stepProbability(x, at: 1)) / 2
  }
}
