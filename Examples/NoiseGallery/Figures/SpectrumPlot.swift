package import AcousticNoise
package import DitherCharts
package import NoiseDistributions

/// The numbers of a plot of noise along a row: its power by frequency, and its first draws.
package struct SpectrumPlot: Sendable {
  /// Neighbouring frequencies, a quarter of an octave or a single one.
  package struct Band: Sendable {
    /// The middle, in cycles per sample.
    package var frequency: Double
    /// The mean power of the draws.
    package var power: Double
    /// The mean of the power spectral density over the same frequencies.
    package var density: Double
    /// Frequencies in the band.
    package var count: Int
  }

  /// Rows of draws.
  package static let rows = 32
  /// Draws in a row, a power of 2.
  package static let columns = 1 << 13
  private static let shown = 600

  package let noise: ColoredNoise
  package let bands: [Band]
  /// The first draws of the first row.
  package let wave: [Float]

  package init(_ noise: ColoredNoise, stream: NoiseStream, site: String) {
    self.noise = noise
    let draws = stream.draws(from: noise, site: site, rows: Self.rows, columns: Self.columns)
    wave = Array(draws.prefix(Self.shown))
    let powers = Periodogram(draws, length: Self.columns).powers
    func frequency(_ number: Double) -> Double { number / Double(Self.columns) }
    var bands: [Band] = []
    var first = 1
    while first < powers.count {
      let end = min(powers.count, max(first + 1, Int((1.19 * Double(first)).rounded())))
      let numbers = first..<end
      let density = numbers.reduce(0) {
        $0 + noise.powerSpectralDensity(frequency: Float(frequency(Double($1))))
      }
      let count = Double(numbers.count)
      bands.append(
        Band(
          frequency: frequency(Double(first + end - 1) / 2),
          power: powers[numbers].reduce(0, +) / count, density: density / count,
          count: numbers.count))
      first = end
    }
    self.bands = bands
  }

  package func figure(title: String) -> Figure {
    Figure(
      title: title,
      caption:
        "Standard deviation 1. Power by frequency: the mean over \(Self.rows) rows of \(NumberText.exact(Double(Self.columns))) draws, in bands of a quarter of an octave.",
      charts: [spectrum, waveform], height: 200)
  }

  private var spectrum: Chart {
    let measured = Series(
      "draws", .dots, .ordinary(0), bands.map { Point(x: $0.frequency, y: $0.power) })
    let density = Series(
      "power spectral density", .curve, .emphasised,
      bands.map { Point(x: $0.frequency, y: $0.density) })
    let powers = bands.flatMap { [$0.power, $0.density] }
    // A decade at least, so that white noise looks as flat as it is.
    let scale = Scale(
      .logarithmic, from: min(powers.min()! / 1.5, 0.1), to: max(powers.max()! * 1.5, 10))
    return Chart(
      title: "Power spectrum",
      horizontal: Axis(
        "frequency, cycles per sample",
        Scale(.logarithmic, from: 1 / Double(Self.columns), to: 0.5)),
      vertical: .values(Axis("power", scale)), series: [law(within: scale)] + [measured, density])
  }

  /// The power law 1/f^β by itself, where it lies between the axes; it meets the density in the middle.
  private func law(within scale: Scale) -> Series {
    let slope = noise.spectralSlope
    guard slope > 0 else { return Series("", .curve, .ordinary(6), []) }
    let middle: Float = 1 / 64
    let level = noise.powerSpectralDensity(frequency: middle)
    let points = bands.map { band in
      Point(
        x: band.frequency,
        y: level * Double(ReproducibleMath.pow(Float(band.frequency) / middle, -slope)))
    }
    let name = slope == 1 ? "1/f" : slope == 2 ? "1/f²" : "1/f^\(slope)"
    return Series(
      name, .curve, .ordinary(6), points.filter { $0.y >= scale.lower && $0.y <= scale.upper })
  }

  private var waveform: Chart {
    let points = wave.enumerated().map { Point(x: Double($0), y: Double($1)) }
    return Chart(
      title: "The first draws of a row",
      horizontal: Axis("column", Scale(.linear, from: 0, to: Double(Self.shown))),
      vertical: .values(Axis("draw", Scale(.linear, from: -4, to: 4))),
      series: [Series("", .curve, .ordinary(0), points)])
  }
}
