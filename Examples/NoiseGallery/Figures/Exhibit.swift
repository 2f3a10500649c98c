import AcousticNoise
import HeavyTailedNoise
package import NoiseDistributions

/// A distribution in the gallery: what is drawn of it, and what is said.
package struct Exhibit: Sendable, CustomStringConvertible {
  /// How its draws are shown.
  package enum View: Sendable {
    /// A histogram of so many bins between two values, over the density.
    case density(ClosedRange<Double>, bins: Int)
    /// The share of each value beside its probability.
    case masses([Float])
    /// The power along the row by frequency, over the power spectral density.
    case spectrum
  }

  /// What it is called in the page's headings.
  package var heading: String
  /// The name of its files: that in the catalog.
  package var name: String
  /// With its parameters, as the catalog reads it.
  package var title: String
  package var distribution: any NoiseDistribution
  package var view: View
  /// The density, the probabilities or the spectrum, in a line.
  package var formula: String
  /// What it does to a digit, in a sentence or two.
  package var effect: String
  /// The strengths under which the digit is shown.
  package var strengths = Strengths()

  package var description: String { title }

  /// Scales of what is added and multiplied, and rates of what is replaced, each growing.
  package struct Strengths: Sendable {
    package var adding: [Float] = [0.1, 0.25, 0.5]
    package var multiplying: [Float] = [0.1, 0.3, 1]
    package var replacing = [0.1, 0.3, 0.6]
  }

  /// The catalog that reads and writes the distributions.
  package static let catalog: NoiseCatalog = {
    var catalog = NoiseCatalog.standard
    catalog.addHeavyTailedNoise()
    catalog.addAcousticNoise()
    return catalog
  }()

  /// All, in the order of the page.
  package static let all = continuous + discrete + combinations + heavyTailed + acoustic

  /// - Parameter text: as the catalog reads it; another stops the program.
  init(
    _ heading: String, _ text: String, _ view: View, formula: String, effect: String,
    strengths: Strengths = Strengths()
  ) {
    do {
      distribution = try Exhibit.catalog.distribution(text)
    } catch {
      fatalError("Exhibit: \(error)")
    }
    title = text
    self.heading = heading
    name = String(text.prefix { $0.isLetter })
    self.view = view
    self.formula = formula
    self.effect = effect
    self.strengths = strengths
  }
}
