import AcousticNoise
import NoiseDistributions
import TestSupport
import Testing

@Suite("Coloured noise as text")
struct CatalogTests {
  static let catalog: NoiseCatalog = {
    var catalog = NoiseCatalog.standard
    catalog.addAcousticNoise()
    return catalog
  }()

  @Test("Text names every colour, once the module has added them, and comes back to the bit")
  func colours() throws {
    #expect(throws: NoiseTextError.self) { try NoiseCatalog.standard.distribution("pinkNoise") }
    let pairs: [(String, ColoredNoise)] = [
      ("whiteNoise", .white()), ("whiteNoise:0.25", .white(standardDeviation: 0.25)),
      ("pinkNoise", .pink()), ("pinkNoise:0.01", .pink(standardDeviation: 0.01)),
      ("brownNoise", .brown()), ("brownNoise:0", .brown(standardDeviation: 0)),
      ("coloredNoise:1.5", ColoredNoise(spectralSlope: 1.5)),
      ("coloredNoise:-0", ColoredNoise(spectralSlope: -0.0)),
      ("coloredNoise:0.5,2", ColoredNoise(spectralSlope: 0.5, standardDeviation: 2)),
      ("coloredNoise:1,1,0.25", ColoredNoise(spectralSlope: 1, lowestFrequency: 0.25)),
      (
        "coloredNoise:2,3,1e-06",
        ColoredNoise(spectralSlope: 2, standardDeviation: 3, lowestFrequency: 1e-6)
      ),
    ]
    for (text, noise) in pairs {
      let read = try #require(try Self.catalog.distribution(text) as? ColoredNoise)
      #expect(read == noise)
      #expect(try Self.catalog.text(of: noise) == text)
      let stream = NoiseStream(seed: 9)
      #expect(
        sameBits(
          stream.draws(from: read, site: "text", rows: 3, columns: 100),
          stream.draws(from: noise, site: "text", rows: 3, columns: 100)))
    }
    let rule = NoiseRule.adding(
      ColoredNoise.pink(), scale: .signalToNoiseRatio(decibels: 10).overTrueSamples())
    let text = "adding(pinkNoise,scale=signalToNoiseRatio(10,over=trueSamples))"
    #expect(try Self.catalog.text(of: rule) == text)
    #expect("\(try Self.catalog.rule(text))" == "\(rule)")
    // A slope with a colour is written by it.
    let pink = try Self.catalog.distribution("coloredNoise:1,0.5")
    #expect(try Self.catalog.text(of: pink) == "pinkNoise:0.5")
  }

  @Test(
    "A parameter out of its range throws and is named",
    arguments: [
      ("coloredNoise:2.5", "2.5", "0…2 for spectralSlope of coloredNoise"),
      ("coloredNoise:-1", "-1", "0…2 for spectralSlope of coloredNoise"),
      ("pinkNoise:-1", "-1", "a finite number, 0 or more for standardDeviation of pinkNoise"),
      ("coloredNoise:1,1,0.3", "0.3", "1e-06…0.25 for lowestFrequency of coloredNoise"),
      ("coloredNoise:1,1,0", "0", "1e-06…0.25 for lowestFrequency of coloredNoise"),
    ])
  func ranges(_ text: String, _ received: String, _ expected: String) throws {
    let error = try #require(throws: NoiseTextError.self) { try Self.catalog.distribution(text) }
    #expect(error.received == received && error.expected == expected)
  }
}
