import Foundation

extension Gallery {
  /// The page as Markdown.
  static var page: String {
    let sections = Exhibit.all.map(section).joined(separator: "\n")
    let names = Exhibit.all.map { "[\($0.heading)](#\($0.anchor))" }.joined(separator: ", ")
    return """
      # Gallery

      Every distribution, and what it does to a digit. `make gallery` draws this page; the title of a picture is the distribution as
      `NoiseCatalog` reads it, with what the plugins add to it.

      \(names); [rules with a distribution of their own](#rules-with-a-distribution-of-their-own).

      The upper picture has the draws of one seed over the density, the probabilities or the spectrum. Heavy tails go beyond the axis,
      and how much of them is said there. Mean and variance are those that the distribution states: of what is really drawn, which is why
      some differ from the ideal in the sixth digit.

      The lower picture is a 5 of the [digits](../Sources/DitherData/Resources/digits.md) that come with the library (E. Alpaydin,
      C. Kaynak, CC BY 4.0), enlarged from 8×8 to \(DigitImage.side)×\(DigitImage.side) pixels: plain, and under three rules at three strengths each, which
      have the same draws. d is a draw, x a pixel, s the scale. Multiplying keeps the mean if that of d is 1; where it is 0, ink fades by s.

      \(sections)
      ## Rules with a distribution of their own

      Dropout sets pixels to 0 and scales up the rest; Gaussian dropout has the same mean and variance without zeros. Alpha dropout keeps mean
      0 and variance 1, for which a digit was not made: its dropped pixels are at the lower end of SELU, the others are moved. Shot noise
      grows with the root of the pixel, so that paper stays clean.

      ![A digit under the rules](\(rulesPath))

      """
  }

  private static func section(_ exhibit: Exhibit) -> String {
    """
    ## \(exhibit.heading)

    `\(exhibit.title)`: `\(exhibit.formula)`. Mean \(number(exhibit.distribution.mean)), variance \(number(exhibit.distribution.variance)).

    ![\(exhibit.plotDescription) of \(exhibit.title)](\(exhibit.plotPath))

    \(exhibit.effect)

    ![A digit under \(exhibit.title)](\(exhibit.digitPath))

    """
  }

  /// Six digits; what is no number in words.
  private static func number(_ value: Double) -> String {
    if value.isNaN { return "undefined" }
    if value.isInfinite { return value > 0 ? "infinite" : "−infinite" }
    return String(format: "%.6g", value == 0 ? 0 : value).replacing("-", with: "−")
  }
}

extension Exhibit {
  /// The heading as the page's links have it.
  fileprivate var anchor: String { heading.lowercased().replacing(" ", with: "-") }

  fileprivate var plotDescription: String {
    switch view {
    case .density: "Histogram and density"
    case .masses: "Shares and probabilities"
    case .spectrum: "Spectrum"
    }
  }
}
