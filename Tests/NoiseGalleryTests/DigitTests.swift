import NoiseDistributions
import NoiseGalleryFigures
import Testing

@Suite("The digit under rules")
struct DigitTests {
  let image: DigitImage

  init() throws { image = try DigitImage() }

  func steps(_ name: String, _ exhibit: Exhibit) throws -> [DigitSheet.Step] {
    let rows = DigitSheet(exhibit, image: image).rows
    return try #require(rows.first { $0.name == name }).steps
  }

  @Test("The plain digit has paper and ink, and nothing beyond them")
  func plain() {
    #expect(image.pixels.count == DigitImage.side * DigitImage.side)
    #expect(image.pixels.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect(image.pixels.count { $0 == 0 } > 100 && image.pixels.count { $0 > 0.5 } > 50)
  }

  @Test("What is added grows with the scale, by the same draws", arguments: Exhibit.all)
  func adding(_ exhibit: Exhibit) throws {
    let steps = try steps("adding", exhibit)
    let scales = exhibit.strengths.adding
    try #require(steps.count == 3 && scales == scales.sorted())
    for (pixel, plain) in image.pixels.enumerated() {
      let draws = zip(steps, scales).map { ($0.pixels[pixel] - plain) / $1 }
      #expect(abs(draws[0] - draws[2]) <= 1e-5 * (1 / scales[0] + abs(draws[2])))
      #expect(abs(draws[1] - draws[2]) <= 1e-5 * (1 / scales[0] + abs(draws[2])))
    }
    let isMoved = zip(steps[0].pixels, image.pixels).contains { $0 != $1 }
    #expect(isMoved)
  }

  @Test("What is multiplied leaves paper as it is", arguments: Exhibit.all)
  func multiplying(_ exhibit: Exhibit) throws {
    for step in try steps("multiplying", exhibit) {
      #expect(zip(step.pixels, image.pixels).allSatisfy { $1 != 0 || $0 == 0 })
      #expect(step.pixels != image.pixels)
    }
  }

  // 576 pixels: at rates that are 0.1 apart and more, of pixels that change if they are replaced, the order is never by chance.
  @Test("More pixels are replaced as the rate grows", arguments: Exhibit.all)
  func replacing(_ exhibit: Exhibit) throws {
    let counts = try steps("replacing", exhibit).map { step in
      zip(step.pixels, image.pixels).count { $0 != $1 }
    }
    #expect(counts.count == 3 && 0 < counts[0] && counts[0] < counts[1] && counts[1] < counts[2])
    #expect(counts[2] < image.pixels.count)
  }
}
