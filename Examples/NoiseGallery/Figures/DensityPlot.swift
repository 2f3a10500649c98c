package import DitherCharts
import Foundation
package import NoiseDistributions

/// The numbers of a histogram over a density.
package struct DensityPlot: Sendable {
  /// Draws above its lower and up to its upper end.
  package struct Bin: Sendable {
    package var lower: Double
    package var upper: Double
    package var count: Int
  }

  /// A point of the curve: the mean density over a part of a bin, at the middle of that part.
  package struct CurvePoint: Sendable {
    package var x: Double
    package var density: Double
  }

  /// Points of the curve in each bin.
  package static let pointsPerBin = 4

  /// All draws, those beyond the bins too.
  package let draws: Int
  /// From left to right, all of one width.
  package private(set) var bins: [Bin]
  /// From left to right, `pointsPerBin` in each bin.
  package let curve: [CurvePoint]
  /// The draws that no bin holds, on both sides.
  package private(set) var beyond: Cell

  /// - Parameters:
  ///   - draws: of the distribution.
  ///   - range: from the first bin's lower to the last one's upper end.
  ///   - count: of the bins.
  package init(
    _ draws: [Float], of distribution: any CumulativeDistribution, over range: ClosedRange<Double>,
    bins count: Int
  ) {
    let (lower, width) = (range.lowerBound, range.upperBound - range.lowerBound)
    let parts = count * Self.pointsPerBin
    let ends = (0...parts).map { lower + width * Double($0) / Double(parts) }
    let probabilities = ends.map(distribution.cumulativeProbability)
    self.draws = draws.count
    bins = (0..<count).map {
      Bin(lower: ends[$0 * Self.pointsPerBin], upper: ends[($0 + 1) * Self.pointsPerBin], count: 0)
    }
    curve = (0..<parts).map { part in
      CurvePoint(
        x: (ends[part] + ends[part + 1]) / 2,
        density: (probabilities[part + 1] - probabilities[part]) * Double(parts) / width)
    }
    let within = probabilities[parts] - probabilities[0]
    beyond = Cell(count: 0, expected: (1 - within) * Double(draws.count))
    for draw in draws {
      let place = ((Double(draw) - lower) / width * Double(count)).rounded(.down)
      if place >= 0 && place < Double(count) {
        bins[Int(place)].count += 1
      } else {
        beyond.count += 1
      }
    }
  }

  /// Each bin's draws beside those that the curve above it stands for, and what lies beyond.
  package var cells: [Cell] {
    let cells = bins.enumerated().map { index, bin in
      let points = curve[index * Self.pointsPerBin..<(index + 1) * Self.pointsPerBin]
      let area =
        points.reduce(0) { $0 + $1.density } * (bin.upper - bin.lower) / Double(Self.pointsPerBin)
      return Cell(count: bin.count, expected: area * Double(draws))
    }
    return cells + [beyond]
  }

  package func figure(title: String) -> Figure {
    let width = bins[0].upper - bins[0].lower
    let heights = bins.map { Double($0.count) / (Double(draws) * width) }
    let greatest = max(heights.max() ?? 0, curve.map(\.density).max() ?? 0)
    let histogram = Series(
      "\(NumberText.exact(Double(draws))) draws", .columns(width: width), .ordinary(1),
      zip(bins, heights).map { Point(x: ($0.lower + $0.upper) / 2, y: $1) })
    let density = Series(
      "density", .curve, .emphasised, curve.map { Point(x: $0.x, y: $0.density) })
    let chart = Chart(
      horizontal: Axis("draw", Scale(.linear, from: bins[0].lower, to: bins[bins.count - 1].upper)),
      vertical: .values(Axis("density", Scale(.linear, from: 0, to: greatest * 1.05))),
      series: [histogram, density])
    return Figure(
      title: title, caption: beyond.caption(of: draws), charts: [chart], height: 220)
  }
}

extension Cell {
  /// Says how much a plot leaves out; nothing where that is nothing.
  func caption(of draws: Int) -> String {
    if count == 0 && expected < 1 { return "" }
    func percentage(_ count: Double) -> String {
      let digits = String(format: "%.3g", 100 * count / Double(draws))
      return NumberText.exact(Double(digits) ?? 0) + " %"
    }
    return
      "\(percentage(Double(count))) of the draws lie beyond the axis; \(percentage(expected)) are expected there."
  }
}
