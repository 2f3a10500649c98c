import DitherData
import DitherTensors
import Layers
package import NoiseDistributions

/// A handwritten digit, and what rules make of it.
package struct DigitImage: Sendable {
  /// Pixels in a row and in a column.
  package static let side = 24
  /// Row after row from the top, 0 (paper) to 1 (ink).
  package let pixels: [Float]

  /// In the library's digits, of 8×8 pixels: one that reads well.
  private static let source = (row: 32, side: 8)

  /// A 5 of the digits that come with the library, with paper around it, enlarged: between the middles of its pixels in
  /// straight lines, so that there are pixels enough to see noise on.
  package init() throws {
    let digits = try Digits.load()
    let source = digits.inputs.rows(at: [Self.source.row]).scalars
    let small = Self.source.side
    func pixel(_ row: Int, _ column: Int) -> Float {
      let isPaper = row < 0 || row >= small || column < 0 || column >= small
      return isPaper ? 0 : source[row * small + column]
    }
    // Where a pixel's middle lies among those of the small image: the one before, and the share of the one after it.
    let factor = Float(small + 2) / Float(Self.side)
    let places = (0..<Self.side).map { place in
      let position = (Float(place) + 0.5) * factor - 1.5
      let before = position.rounded(.down)
      return (before: Int(before), share: position - before)
    }
    pixels = places.flatMap { row in
      places.map { column in
        func between(_ number: Int) -> Float {
          let before = pixel(number, column.before)
          return before + column.share * (pixel(number, column.before + 1) - before)
        }
        let upper = between(row.before)
        return upper + row.share * (between(row.before + 1) - upper)
      }
    }
  }

  /// The image after a rule: it is one row of a batch, and drawn for at one address, whatever the rule.
  package func applying(_ rule: NoiseRule) -> [Float] {
    let image = Tensor(pixels, shape: [1, pixels.count])
    return Perturb(rule).forward(image, .sampling(NoiseStream(seed: 1))).output.scalars
  }
}
