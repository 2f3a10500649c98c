import DitherData
import DitherTensors
import Foundation

/// What data are like: how many of which classes, and the ranges of their features.
struct DataReport {
  private let data: LabelledData

  /// The most features and classes that have a line of their own.
  private static let mostLines = 20

  init(_ data: LabelledData) { self.data = data }

  var text: String {
    let facts = Table(
      rows: [
        ["data", data.name], ["rows", "\(data.count)"], ["features", "\(data.features)"],
        ["classes", "\(data.classes)"], ["range", Self.range(of: data.inputs)],
      ], words: [1]
    ).text
    return facts + "\n\n" + classes + "\n\n" + features
  }

  private var classes: String {
    var counts = [Int](repeating: 0, count: data.classes)
    for label in data.labels { counts[label] += 1 }
    let rows = counts.prefix(Self.mostLines).enumerated().map { label, count in
      let name = data.classNames.isEmpty ? "\(label)" : data.classNames[label]
      return [
        name.shortened(to: 40), "\(count)", percent(Double(count) / Double(data.count)) + " %",
      ]
    }
    return Table(header: ["class", "rows", "share"], rows: rows).text
      + Self.more(counts.count, "classes")
  }

  private var features: String {
    let shown = min(data.features, Self.mostLines)
    let rows = (0..<shown).map { column in
      let values = data.inputs.withSpan { span in
        (0..<data.count).map { span[$0 * data.features + column] }
      }
      let statistics = Statistics(values)
      let name = data.featureNames.isEmpty ? "\(column)" : data.featureNames[column]
      return [name.shortened(to: 28)] + statistics.cells
    }
    return Table(
      header: ["feature", "least", "greatest", "mean", "deviation"], rows: rows
    ).text + Self.more(data.features, "features")
  }

  private static func more(_ count: Int, _ noun: String) -> String {
    count > mostLines ? "\nand \(count - mostLines) more \(noun)" : ""
  }

  /// An array without labels.
  static func text(_ path: String, _ array: Tensor) -> String {
    Table(
      rows: [
        ["array", path], ["shape", "\(array.shape)"], ["elements", "\(array.count)"],
        ["range", range(of: array)],
      ], words: [1]
    ).text
  }

  static func range(of values: Tensor) -> String {
    if values.count == 0 { return "no elements" }
    let statistics = Statistics(values.scalars)
    return
      "\(statistics.cells[0]) to \(statistics.cells[1]), mean \(statistics.cells[2]), standard deviation \(statistics.cells[3])"
  }
}

/// What numbers are like.
private struct Statistics {
  var least = Float.infinity
  var greatest = -Float.infinity
  var mean = 0.0
  var deviation = 0.0

  init(_ values: [Float]) {
    for value in values {
      least = min(least, value)
      greatest = max(greatest, value)
      mean += Double(value)
    }
    mean /= Double(values.count)
    let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    deviation = (squares / Double(values.count)).squareRoot()
  }

  var cells: [String] {
    [Double(least), Double(greatest), mean, deviation].map { String(format: "%.4g", $0) }
  }
}
