import Charts
import Foundation
import Testing

@Suite("Colours")
struct PaletteTests {
  /// Red, green and blue of light, from 0 to 1, by the name of the style.
  typealias Colours = [String: [Double]]

  /// The colours in a figure's stylesheet, on light and on dark ground.
  static func grounds() throws -> [Colours] {
    let style = try #require(
      XMLNode.parse(Figure(title: "", charts: []).svg()).all("style").first
    ).text
    let parts = style.split(separator: "@media")
    try #require(parts.count == 2)
    return parts.map { part in
      Dictionary(
        uniqueKeysWithValues: part.matches(of: /\.(e|s\d|ground)\{fill:#(\w{6})/).map {
          (String($0.output.1), linear(Int($0.output.2, radix: 16)!))
        })
    }
  }

  static func linear(_ colour: Int) -> [Double] {
    [16, 8, 0].map { shift in
      let value = Double(colour >> shift & 255) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
  }

  static func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    matrix.map { zip($0, vector).map(*).reduce(0, +) }
  }

  static func luminance(_ colour: [Double]) -> Double {
    product([[0.2126, 0.7152, 0.0722]], colour)[0]
  }

  /// CIE L*a*b* for the white of D65.
  static func perceived(_ colour: [Double]) -> [Double] {
    let tristimulus = product(
      [[0.4339, 0.3762, 0.1899], [0.2126, 0.7152, 0.0722], [0.0177, 0.1095, 0.8728]],
      colour.map { min(max($0, 0), 1) })
    let root = tristimulus.map { $0 > 0.008856 ? cbrt($0) : 7.787 * $0 + 16.0 / 116 }
    return [116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])]
  }

  /// What the eye makes of light: as it is, and without red, green or blue receptors.
  static let eyes: [(name: String, matrix: [[Double]])] = [
    ("all receptors", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (
      "no red",
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    ),
    (
      "no green",
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    ),
    (
      "no blue",
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    ),
  ]

  @Test("Any two styles' colours are apart for every eye, on both grounds")
  func apart() throws {
    for colours in try Self.grounds() {
      #expect(colours.count == Palette.count + 2)
      let styles = colours.filter { $0.key != "ground" }.sorted { $0.key < $1.key }
      for eye in Self.eyes {
        let seen = styles.map { Self.perceived(Self.product(eye.matrix, $0.value)) }
        for first in seen.indices {
          for second in 0..<first {
            let distance = zip(seen[first], seen[second]).map { ($0 - $1) * ($0 - $1) }
              .reduce(0, +).squareRoot()
            // Side by side, 2.3 is just seen.
            #expect(
              distance > 15, "\(eye.name): \(styles[first].key) and \(styles[second].key)")
          }
        }
      }
    }
  }

  @Test("Every colour has a contrast of 3 to 1 against its ground, as WCAG asks of graphics")
  func contrast() throws {
    for colours in try Self.grounds() {
      let ground = Self.luminance(try #require(colours["ground"]))
      for (name, colour) in colours where name != "ground" {
        let luminance = Self.luminance(colour)
        let contrast = (max(luminance, ground) + 0.05) / (min(luminance, ground) + 0.05)
        #expect(contrast >= 3, "\(name)")
      }
    }
  }
}
