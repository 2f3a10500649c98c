import NoiseDistributionTesting
import NoiseDistributions
import Testing

/// Uniform on 0…1 by its quantile, and by 1 − p where an address is a certain one: the same distribution, with other draws.
private struct Mirrored: QuantileDistribution {
  var mean: Double { 0.5 }
  var variance: Double { 1.0 / 12 }
  var isThere: @Sendable (NoiseAddress) -> Bool
  func quantile(_ p: Float) -> Float { p }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    address.fillUniforms(&tile)
    if !isThere(address) { return }
    for index in tile.indices { tile[index] = 1 - tile[index] }
  }
}

/// Two values as the quantile's, but three in narrow matrices, with the same mean and variance.
private struct ThreeValuesWhereNarrow: QuantileDistribution {
  var mean: Double { 0 }
  var variance: Double { 1 }
  func quantile(_ p: Float) -> Float { p < 0.5 ? -1 : 1 }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    // By other words than the uniforms', so that no tile holds their quantiles.
    address.plane(1).fillUniforms(&tile)
    for index in tile.indices {
      let p = tile[index]
      tile[index] =
        address.width > 32 ? quantile(p) : p < 0.125 ? -2 : p < 0.875 ? 0 : 2
    }
  }
}

private func clamped(_ x: Double) -> Double { min(max(x, 0), 1) }

@Suite("Functions that are not those of the draws everywhere are caught")
struct BrokenFunctionTests {
  @Test("A fill may draw by another method than its quantile")
  func anotherMethod() throws {
    let report = try checkConformance(of: Mirrored { _ in true })
    #expect(report[.drawsMatchQuantile].outcome == .holds)
    #expect(!report[.drawsMatchQuantile].details.contains("to the bit"))
    let quantiles = try checkConformance(of: Mirrored { _ in false })
    #expect(quantiles[.drawsMatchQuantile].details.contains("to the bit, in 12 tiles"))
    // The sample is compared all the same, of both layouts.
    #expect(quantiles[.drawsMatchQuantile].details.contains("of 65536 × 16 draws"))
  }

  @Test("A fill that draws no quantiles in narrow matrices, at a step, in far rows or at a width")
  func bits() {
    let places: [@Sendable (NoiseAddress) -> Bool] = [
      { $0.width <= 32 }, { $0.step == 3 }, { $0.row >= 1_000_000 }, { $0.width == 47 },
    ]
    for isThere in places {
      expect(
        Mirrored(isThere: isThere), breaks: .drawsMatchQuantile,
        saying: "draws are the quantiles of the uniforms in 8 × 256 draws from row 0")
    }
  }

  @Test("Narrow matrices of another distribution than the quantile's")
  func narrow() {
    expect(
      ThreeValuesWhereNarrow(), breaks: .sameDistributionEverywhere, .drawsMatchQuantile,
      saying: "65536 × 16 draws")
  }

  @Test("A cumulative probability that is wrong at infinity, at NaN, or far from all draws")
  func limits() {
    expect(
      ChangedCumulative { $0 == .infinity ? 0 : clamped($0) },
      breaks: .cumulativeProbabilityIncreases, saying: "at inf is 0.0; expected 1.0")
    expect(
      ChangedCumulative { $0 == -.infinity ? .nan : clamped($0) },
      breaks: .cumulativeProbabilityIncreases, saying: "at -inf is nan; expected 0.0")
    expect(
      ChangedCumulative { $0.isNaN ? 0 : clamped($0) },
      breaks: .cumulativeProbabilityIncreases, saying: "at NaN is 0.0; expected NaN")
    expect(
      ChangedCumulative { $0 > 1e6 ? 0.9 : clamped($0) },
      breaks: .cumulativeProbabilityIncreases, saying: "that of a lesser number is 1.0")
  }
}
