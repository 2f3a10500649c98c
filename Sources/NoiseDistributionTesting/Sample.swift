import NoiseDistributions

/// A matrix of draws, and what statistics may use of it.
struct DrawnMatrix {
  /// Which draws they are.
  let name: String
  let columns: Int
  /// Every draw, row after row.
  let all: [Float]
  /// Draws that are independent of each other: all, or one of each row where the draws of a row may depend on each other.
  let independent: [Float]

  init(_ name: String, _ all: [Float], columns: Int, areColumnsIndependent: Bool) {
    self.name = name
    self.all = all
    self.columns = columns
    independent = areColumnsIndependent ? all : Self.oneOfEachRow(all, columns: columns)
  }

  /// Each column's in turn, the same one for eight rows: neighbouring rows are compared at the same column.
  private static func oneOfEachRow(_ draws: [Float], columns: Int) -> [Float] {
    (0..<draws.count / columns).map { row in draws[row * columns + row / 8 % columns] }
  }

  var rows: Int { all.count / columns }

  /// Which draws the independent ones are.
  var independentName: String {
    independent.count == all.count ? name : "\(name), one of each row"
  }

  /// The draws of one column: independent in any case.
  func column(_ column: Int) -> [Float] {
    stride(from: column, to: all.count, by: columns).map { all[$0] }
  }
}

/// The draws that the statistical rules share.
struct Sample {
  /// The two layouts: more than 32 columns, and 16.
  let matrices: [DrawnMatrix]
  /// Draws at the addresses of the first matrix's start, but for the difference of ``Place/neighbours``, in their order.
  let neighbours: [DrawnMatrix]
  /// Draws at the places ``Place/elsewhere``, and of matrices of other widths.
  let elsewhere: [DrawnMatrix]

  var everyMatrix: [DrawnMatrix] { matrices + neighbours + elsewhere }
}

/// How many rows and columns are drawn.
private struct SampleShapes {
  let wide: (rows: Int, columns: Int)
  let narrow: (rows: Int, columns: Int)
  /// Of matrices as wide as the wide one.
  let neighbourRows: Int
  let elsewhere: (rows: Int, columns: Int)

  static let ofTiles = SampleShapes(
    wide: (1 << 10, 1 << 10), narrow: (1 << 16, 16), neighbourRows: 1 << 9, elsewhere: (64, 512))
  /// Rows are short and many where one is worth a single draw.
  static let ofRows = SampleShapes(
    wide: (1 << 16, 40), narrow: (1 << 16, 16), neighbourRows: 1 << 14, elsewhere: (1 << 11, 33))

  static let widths = [1, 5, 31, 33, 200]
}

extension Conformance {
  /// Whether the draws of a row are independent of each other too.
  var areColumnsIndependent: Bool { !(distribution is any RowNoiseDistribution) }

  func drawSample() -> Sample {
    let shapes = areColumnsIndependent ? SampleShapes.ofTiles : SampleShapes.ofRows
    let neighbours = Place.neighbours.map { neighbour in
      draw(at: neighbour.place, rows: shapes.neighbourRows, columns: shapes.wide.columns)
    }
    let elsewhere = Place.elsewhere.map { place in
      draw(at: place, rows: shapes.elsewhere.rows, columns: shapes.elsewhere.columns)
    }
    let widths = SampleShapes.widths.map { width in
      draw(
        at: Place(name: "", site: "widths"),
        rows: areColumnsIndependent ? (1 << 15) / width : shapes.elsewhere.rows, columns: width)
    }
    return Sample(
      matrices: [
        draw(at: .sample, rows: shapes.wide.rows, columns: shapes.wide.columns),
        draw(at: .sample, rows: shapes.narrow.rows, columns: shapes.narrow.columns),
      ],
      neighbours: neighbours, elsewhere: elsewhere + widths)
  }

  private func draw(at place: Place, rows: Int, columns: Int) -> DrawnMatrix {
    let draws = place.stream(noise).draws(
      from: distribution, site: place.site, slot: place.slot, rows: rows, columns: columns)
    let name = "\(rows) × \(columns) draws" + (place.name.isEmpty ? "" : " \(place.name)")
    return DrawnMatrix(name, draws, columns: columns, areColumnsIndependent: areColumnsIndependent)
  }
}
