package import DitherCharts
package import NoiseDistributions

/// A digit under rules of growing strength: their pixels are what the pictures show.
package struct DigitSheet: Sendable {
  /// One rule at one strength.
  package struct Step: Sendable {
    package var label: String
    package var rule: NoiseRule
    package var pixels: [Float]
  }

  /// One rule, the strengths growing.
  package struct Row: Sendable {
    /// The rule's name in the catalog.
    package var name: String
    /// What it does, in letters.
    package var formula: String
    package var steps: [Step]
  }

  package let image: DigitImage
  package let title: String
  package let rows: [Row]

  /// A distribution added, multiplied, and put in the place of pixels.
  package init(_ exhibit: Exhibit, image: DigitImage) {
    let (distribution, strengths) = (exhibit.distribution, exhibit.strengths)
    self.init(
      title: exhibit.title, image: image,
      rows: [
        Self.row("adding", "x + s · d", image, "s", strengths.adding) {
          .adding(distribution, scale: .fixed($0))
        },
        Self.row("multiplying", "x · (1 + s · (d − 1))", image, "s", strengths.multiplying) {
          .multiplying(distribution, scale: .fixed($0))
        },
        Self.row("replacing", "d at the rate, or x", image, "rate", strengths.replacing) {
          .replacing(distribution, rate: $0)
        },
      ])
  }

  private init(title: String, image: DigitImage, rows: [Row]) {
    self.title = title
    self.image = image
    self.rows = rows
  }

  /// The rules that have a distribution of their own.
  package static func rules(image: DigitImage) -> DigitSheet {
    let rates = [0.1, 0.3, 0.6]
    return DigitSheet(
      title: "Rules with a distribution of their own", image: image,
      rows: [
        row("dropout", "0, or x / (1 − rate)", image, "rate", rates) {
          .dropout(rate: $0)
        },
        row("gaussianDropout", "x · d, d of mean 1", image, "rate", rates) {
          .gaussianDropout(rate: $0)
        },
        row("alphaDropout", "a · (α′ or x) + b", image, "rate", rates) {
          .alphaDropout(rate: $0)
        },
        row("addingShotNoise", "x + s · √|x| · d", image, "s", [0.1, 0.3, 1]) {
          .addingShotNoise(scale: .fixed($0))
        },
      ])
  }

  private static func row<Strength>(
    _ name: String, _ formula: String, _ image: DigitImage, _ letter: String,
    _ strengths: [Strength], _ rule: (Strength) -> NoiseRule
  ) -> Row {
    Row(
      name: name, formula: formula,
      steps: strengths.map {
        let rule = rule($0)
        let number = "\($0)"
        let label = "\(letter) = \(number.hasSuffix(".0") ? String(number.dropLast(2)) : number)"
        return Step(label: label, rule: rule, pixels: image.applying(rule))
      })
  }

  package var sheet: PictureSheet {
    PictureSheet(
      title: title,
      caption:
        "0 is white, 1 black; below 0 pixels turn blue, down to −1, above 1 red, up to 2.",
      rows: rows.map { row in
        PictureSheet.Row(
          row.name, note: row.formula,
          [Picture(label: "plain", columns: DigitImage.side, pixels: image.pixels)]
            + row.steps.map {
              Picture(label: $0.label, columns: DigitImage.side, pixels: $0.pixels)
            })
      })
  }
}
