/// Colours and shapes of the series, for light and for dark ground. Any two colours also stay apart for readers who
/// see no red, no green or no blue (simulated after Machado, Oliveira and Fernandes, 2009).
public enum Palette {
  /// Looks that ordinary series have before they repeat.
  public static var count: Int { ordinary.count }

  /// A colour on light and on dark ground.
  struct Colour {
    let light: String
    let dark: String
  }

  struct Look {
    let colour: Colour
    let shape: Shape
  }

  enum Shape {
    case circle, square, diamond, triangle, inverseTriangle, plus, cross, ring, bar
  }

  static let emphasised = Look(colour: Colour(light: "#d0450b", dark: "#ff7a3d"), shape: .circle)

  static let ordinary = [
    Look(colour: Colour(light: "#005ab4", dark: "#69b4ff"), shape: .square),
    Look(colour: Colour(light: "#4b96d2", dark: "#b4e1ff"), shape: .diamond),
    Look(colour: Colour(light: "#3c4b2d", dark: "#00875a"), shape: .triangle),
    Look(colour: Colour(light: "#781e69", dark: "#a569a5"), shape: .inverseTriangle),
    Look(colour: Colour(light: "#789669", dark: "#ffff69"), shape: .ring),
    Look(colour: Colour(light: "#0f0f78", dark: "#7869f0"), shape: .plus),
    Look(colour: Colour(light: "#877887", dark: "#a5a5a5"), shape: .cross),
    Look(colour: Colour(light: "#1e1e1e", dark: "#e1ffe1"), shape: .bar),
  ]

  static func look(_ style: Series.Style) -> Look {
    switch style {
    case .emphasised: emphasised
    case .ordinary(let index): ordinary[((index % count) + count) % count]
    }
  }

  /// The name of the style in the stylesheet and of its shape among the definitions.
  static func name(_ style: Series.Style) -> String {
    switch style {
    case .emphasised: "e"
    case .ordinary(let index): "s\(((index % count) + count) % count)"
    }
  }

  static let ground = Colour(light: "#ffffff", dark: "#0d1117")
  static let ink = Colour(light: "#1f2328", dark: "#e6edf3")
  static let quiet = Colour(light: "#59636e", dark: "#9198a1")
  static let grid = Colour(light: "#e4e7eb", dark: "#262c36")
}
