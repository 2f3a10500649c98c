import NoiseDistributionTesting
import NoiseDistributions
import OwnDistribution
import Testing

@Suite("The Gumbel distribution")
struct GumbelTests {
  @Test("It keeps the rules of a distribution", arguments: [0.1, 1, 20] as [Float])
  func conformance(_ scale: Float) throws {
    try checkConformance(of: Gumbel(scale: scale), kurtosis: 5.4)
  }

  @Test("Text names it")
  func text() throws {
    var catalog = NoiseCatalog.standard
    catalog.addGumbel()
    #expect(try catalog.text(of: catalog.rule("adding(gumbel:0.3)")) == "adding(gumbel:0.3)")
    #expect(throws: NoiseTextError.self) { try catalog.distribution("gumbel:-1") }
  }
}
