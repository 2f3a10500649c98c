import AcousticNoise
import HeavyTailedNoise
import NoiseDistributions
import NoiseGalleryFigures
import Testing

@Suite("The gallery is complete")
struct CoverageTests {
  @Test("Every distribution that has a text is shown, once")
  func texts() {
    var catalog = NoiseCatalog.standard
    catalog.addHeavyTailedNoise()
    let shown = Exhibit.all.filter { !($0.distribution is ColoredNoise) }.map(\.name)
    #expect(shown.sorted() == catalog.distributionNames.sorted())
  }

  @Test("So are white, pink and brown noise")
  func colours() {
    let slopes = Exhibit.all.compactMap { ($0.distribution as? ColoredNoise)?.spectralSlope }
    #expect(slopes == [0, 1, 2])
  }

  @Test("Every rule that has a text is shown on the digit")
  func rules() throws {
    let image = try DigitImage()
    let own = DigitSheet.rules(image: image).rows.map(\.name)
    for exhibit in Exhibit.all {
      let names = DigitSheet(exhibit, image: image).rows.map(\.name) + own
      #expect(names.sorted() == NoiseCatalog.standard.ruleNames.sorted())
    }
  }

  @Test("A picture's title with a text names the distribution that is drawn")
  func titles() throws {
    for exhibit in Exhibit.all where !(exhibit.distribution is ColoredNoise) {
      let read = try Exhibit.catalog.distribution(exhibit.title)
      #expect("\(read)" == "\(exhibit.distribution)")
    }
  }
}
