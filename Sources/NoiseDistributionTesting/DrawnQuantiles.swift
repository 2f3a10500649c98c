import NoiseDistributions

/// Whether a fill gives each element the quantile of its uniform, to the bit.
enum DrawnQuantiles {
  /// In every tile that was tried; how many these are.
  case everywhere(tiles: Int)
  /// In some tiles and not in others; which.
  case somewhere(String)
  /// In none; or draws that are nearly all equal do not tell.
  case nowhere

  var isEverywhere: Bool { if case .everywhere = self { true } else { false } }
}

/// A tile, as a part of a matrix.
private struct Tile: CustomStringConvertible {
  var step = 0
  var site = "quantiles"
  var row = 0
  let rows: Int
  let columns: Range<Int>
  let width: Int

  /// Both layouts; steps, sites and rows that differ; edges inside of blocks of words and at their borders.
  static let all = [
    Tile(rows: 8, columns: 0..<256, width: 256),
    Tile(step: 3, site: "0.input", row: 1_000_003, rows: 4, columns: 0..<1000, width: 1000),
    Tile(step: 1, row: 5, rows: 40, columns: 0..<47, width: 47),
    Tile(site: "1.weight", row: 2, rows: 60, columns: 0..<33, width: 33),
    Tile(step: 7, row: 1, rows: 9, columns: 13..<250, width: 300),
    Tile(row: 3, rows: 20, columns: 63..<130, width: 1000),
    Tile(rows: 128, columns: 0..<16, width: 16),
    Tile(step: 3, site: "0.input", row: 1_000_003, rows: 70, columns: 0..<31, width: 31),
    Tile(step: 1, site: "1.weight", row: 6, rows: 64, columns: 0..<32, width: 32),
    Tile(row: 1, rows: 300, columns: 0..<5, width: 5),
    Tile(step: 2, row: 3, rows: 999, columns: 0..<1, width: 1),
    Tile(row: 7, rows: 101, columns: 3..<10, width: 13),
  ]

  func address(_ noise: NoiseStream) -> NoiseAddress {
    noise.at(step: step).rows(from: row).address(of: site, rows: rows, columns: width)
      .part(rows: 0..<rows, columns: columns)
  }

  var description: String {
    "\(rows) × \(columns.count) draws from row \(row) and column \(columns.lowerBound) on, in a matrix of "
      + "\(width) columns at step \(step) of the site \(site)"
  }
}

extension Conformance {
  func drawnQuantiles(_ quantiles: any QuantileDistribution) -> DrawnQuantiles {
    var different: Tile?
    var same: Tile?
    var isVaried = false
    for tile in Tile.all {
      let address = tile.address(noise)
      let draws = filled(at: address)
      guard sameDraws(draws, uniforms(at: address).map { quantiles.quantile($0) }) else {
        different = different ?? tile
        continue
      }
      let others = countOfUncommon(draws)
      if others > 0 { isVaried = true }
      // So many draws do not agree by chance.
      if others >= 64 { same = same ?? tile }
    }
    guard let different else {
      return isVaried ? .everywhere(tiles: Tile.all.count) : .nowhere
    }
    guard let same else { return .nowhere }
    return .somewhere(
      "draws are the quantiles of the uniforms in \(same), and not in \(different)")
  }

  private func uniforms(at address: NoiseAddress) -> [Float] {
    var uniforms = [Float](repeating: 0, count: address.rows * address.columns)
    var span = uniforms.mutableSpan
    address.fillUniforms(&span)
    return uniforms
  }

  /// How many draws have another value than the one in their middle.
  private func countOfUncommon(_ draws: [Float]) -> Int {
    let middle = draws.sorted()[draws.count / 2]
    return draws.count { $0 != middle }
  }
}
