import Foundation
import NoiseDistributions
import NoiseGalleryFigures
import TestSupport
import Testing

@Suite("What is plotted agrees")
struct PlotTests {
  // Each exhibit fails with a probability of at most 1e-9: half of it for the single cells, by Bernstein's inequality, half for
  // χ² of the cells in which 100 draws or more are expected. Of 200,000 draws it is always seen if the bins of a curve are off
  // by 4 % each, or one value's probability of ½ by 0.02.
  @Test("The draws with the density, or with the probabilities", arguments: Exhibit.all)
  func draws(_ exhibit: Exhibit) {
    let cells: [Cell]
    let count: Int
    switch exhibit.plot() {
    case .density(let plot): (cells, count) = (plot.cells, plot.draws)
    case .masses(let plot): (cells, count) = (plot.cells, plot.draws)
    case .spectrum: return
    }
    #expect(cells.reduce(0) { $0 + $1.count } == count)
    #expect(abs(cells.reduce(0) { $0 + $1.expected } - Double(count)) < 1e-6 * Double(count))
    var (terms, chiSquared) = (0, 0.0)
    for cell in cells {
      let share = cell.expected / Double(count)
      let threshold = Threshold.mean(
        count: count, variance: share * (1 - share), bound: 1,
        rate: Threshold.failureRate / Double(2 * cells.count))
      #expect(abs(Double(cell.count) / Double(count) - share) <= threshold)
      if cell.expected == 0 { #expect(cell.count == 0) }
      guard cell.expected >= 100 else { continue }
      let difference = Double(cell.count) - cell.expected
      chiSquared += difference * difference / cell.expected
      terms += 1
    }
    #expect(chiSquared <= Threshold.chiSquared(degrees: terms, z: 6.3).upperBound)
  }

  /// Densities as books have them, with the parameters of the gallery.
  static let densities: [(name: String, density: @Sendable (Double) -> Double)] = [
    ("gaussian", { exp(-$0 * $0 / 2) / (2 * Double.pi).squareRoot() }),
    ("uniform", { abs($0) < 1 ? 0.5 : 0 }),
    ("laplace", { exp(-abs($0)) / 2 }),
    ("logistic", { 1 / (4 * cosh($0 / 2) * cosh($0 / 2)) }),
    ("triangular", { $0 < -1 || $0 > 2 ? 0 : $0 < 0 ? 2 * ($0 + 1) / 3 : (2 - $0) / 3 }),
    ("exponential", { $0 < 0 ? 0 : exp(-$0) }),
    ("lognormal", { exp(-2 * log($0) * log($0)) / ($0 * 0.5 * (2 * Double.pi).squareRoot()) }),
    (
      "mixture",
      {
        // The weight that is really drawn.
        let weight = (0.9 * 0x1p15).rounded() / 0x1p15
        let normal = exp(-50 * $0 * $0) * 10 / (2 * Double.pi).squareRoot()
        return weight * normal + (1 - weight) * exp(-2 * abs($0))
      }
    ),
    (
      "truncated",
      {
        let within = (erf(2 / 2.0.squareRoot()) + erf(1 / 2.0.squareRoot())) / 2
        return $0 < -1 || $0 > 2 ? 0 : exp(-$0 * $0 / 2) / (2 * Double.pi).squareRoot() / within
      }
    ),
    ("cauchy", { 1 / (Double.pi * (1 + $0 * $0)) }),
    ("studentT", { 2 / (Double.pi * 3.0.squareRoot()) * pow(1 + $0 * $0 / 3, -2) }),
  ]

  @Test("The curve with the density in closed form", arguments: densities)
  func closedForm(_ name: String, _ density: @Sendable (Double) -> Double) throws {
    let exhibit = try #require(Exhibit.all.first { $0.name == name })
    guard case .density(let plot) = exhibit.plot() else {
      Issue.record("\(name) is not shown by its density")
      return
    }
    let half = (plot.curve[1].x - plot.curve[0].x) / 2
    for point in plot.curve {
      // The mean over the part of a bin, by Gauss's rule with three points.
      let step = half * 0.6.squareRoot()
      let ends = density(point.x - step) + density(point.x + step)
      let mean = (5 * ends + 8 * density(point.x)) / 18
      #expect(abs(point.density - mean) < 1e-5, "at \(point.x)")
    }
  }

  // A power at one frequency and row is χ² with two degrees of freedom; neighbours under a Hann window are correlated, so that many
  // of them count half. All bands of the three spectra together fail with a probability of 1e-9. It is always seen if a spectrum
  // is off by 20 % over the highest octave.
  @Test("The spectra with the power spectral densities")
  func spectra() {
    let plots = Exhibit.all.compactMap { exhibit -> SpectrumPlot? in
      if case .spectrum(let plot) = exhibit.plot() { return plot }
      return nil
    }
    #expect(plots.count == 3)
    for plot in plots {
      #expect(plot.bands.reduce(0) { $0 + $1.count } == SpectrumPlot.columns / 2 - 1)
      for band in plot.bands {
        let degrees = 2 * SpectrumPlot.rows * max(1, band.count / 2)
        let range = Threshold.chiSquared(degrees: degrees, z: 7)
        #expect(
          range.contains(band.power / band.density * Double(degrees)),
          "\(plot.noise) at \(band.frequency)")
      }
    }
  }

  @Test("The wave with the draws of a row")
  func wave() throws {
    let exhibit = try #require(Exhibit.all.first { $0.name == "pinkNoise" })
    guard case .spectrum(let plot) = exhibit.plot() else {
      Issue.record("pink noise is not shown by its spectrum")
      return
    }
    let row = NoiseStream(seed: 1).draws(
      from: plot.noise, site: "gallery.pinkNoise", rows: 1, columns: SpectrumPlot.columns)
    #expect(plot.wave == Array(row.prefix(plot.wave.count)))
    #expect(plot.wave.count >= 500)
  }
}
