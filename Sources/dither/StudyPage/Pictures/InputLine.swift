import Foundation

/// The numbers of an input that is no image as a small line from left to right.
enum InputLine {
  /// A path of SVG in a box of 116 × 44 pixels.
  ///
  /// - Parameter range: what the box's height holds; numbers beyond are drawn at its edge.
  static func path(_ values: [Double], range: StudyReport.Range) -> String {
    let step = 116 / Double(max(values.count - 1, 1))
    let extent = max(range.upper - range.lower, .leastNormalMagnitude)
    let points = values.enumerated().filter { $0.element.isFinite }.map { place, value in
      let share = min(max((value - range.lower) / extent, 0), 1)
      return String(format: "%.1f %.1f", Double(place) * step, 42 - share * 40)
    }
    return points.isEmpty ? "" : "M" + points.joined(separator: "L")
  }
}
