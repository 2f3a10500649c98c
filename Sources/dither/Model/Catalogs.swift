import AcousticNoise
import DitherTraining
import HeavyTailedNoise
import NoiseDistributions

/// What text is read by: the library's layers, rules and distributions, with those of its plugins.
enum Catalogs {
  static let noise: NoiseCatalog = {
    var catalog = NoiseCatalog.standard
    catalog.addHeavyTailedNoise()
    catalog.addAcousticNoise()
    return catalog
  }()

  static let layers: LayerCatalog = {
    var catalog = LayerCatalog.standard
    catalog.noise = noise
    return catalog
  }()

  /// What help says of the text of noise.
  static let help: String = {
    func list(_ names: [String]) -> String { names.joined(separator: ", ") }
    return """
      A RULE is one of \(list(noise.ruleNames)), as in dropout:0.2 or adding(gaussian:0.3). A distribution within is one of \
      \(list(noise.distributionNames)).
      """
  }()
}
