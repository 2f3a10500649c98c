import AcousticNoise
import HeavyTailedNoise
import NoiseDistributions
import NoiseGalleryFigures
import Testing

@Suite("The gallery is complete")
struct CoverageTests {
  @Test("Every distribution that has a text is shown, once; coloured noise by its colours")
  func texts() {
    var catalog = NoiseCatalog.standard
    catalog.addHeavyTailedNoise()
    catalog.addAcousticNoise()
    let names = catalog.distributionNames.filter { $0 != "coloredNoise" }
    #expect(Exhibit.all.map(\.name).sorted() == names.sorted())
    #expect(names.count == catalog.distributionNames.count - 1)
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

  @Test("A picture's title names the distribution that is drawn")
  func titles() throws {
    for exhibit in Exhibit.all {
      let read = try Exhibit.catalog.distribution(exhibit.title)
      #expect("\(read)" == "\(exhibit.distribution)")
    }
  }
}
