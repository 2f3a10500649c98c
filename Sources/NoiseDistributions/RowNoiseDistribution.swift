import CKernels
import DitherRuntime

/// A distribution whose draws depend on their neighbours in the row: on the random words of the whole row, never on
/// another row's. Noise that is correlated along a signal is one.
///
/// It conforms by filling whole rows, and works at every site then: of a tile that a kernel asks for, whole rows are computed and
/// the asked columns taken. The draws are the same however the matrix is cut; what a cut costs is time. A
/// thread keeps the rows that it computed last, in up to 256 KB (eight rows at least), so that tiles side by side do not compute
/// a row again; ``NoiseDistribution/fill(_:at:)`` itself keeps nothing.
///
/// ```swift
/// /// The running mean of two draws: neighbours in a row have a correlation of ½.
/// struct Smoothed: RowNoiseDistribution {
///   var mean: Double { 0 }
///   var variance: Double { 1 }
///
///   func fillRow(_ row: inout MutableSpan<Float>, at address: NoiseAddress) {
///     address.fillGaussians(&row)
///     for column in row.indices.dropFirst().reversed() {
///       row[column] = (row[column] + row[column - 1]) * Float(0.5).squareRoot()
///     }
///   }
/// }
/// ```
///
/// Every column has the same distribution, and rows are independent: a walk that starts at 0 in the first column is none.
///
/// (Its first column alone is a draw of its own, with a variance of 1 as well. What comes before the first column can be drawn
/// in another plane.)
public protocol RowNoiseDistribution: NoiseDistribution {
  /// Writes every element of a row.
  ///
  /// - Parameters:
  ///   - row: `address.width` elements, from column 0 on. What it holds on entry means nothing.
  ///   - address: the row's: of one row and all columns.
  func fillRow(_ row: inout MutableSpan<Float>, at address: NoiseAddress)
}

extension RowNoiseDistribution {
  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    var values = [Float](repeating: 0, count: address.width)
    for index in 0..<address.rows {
      computeRow(&values, at: address.wholeRow(index))
      for column in 0..<address.columns {
        tile[index * address.columns + column] = values[address.column + column]
      }
    }
  }

  /// Computes a row where another may have been: what the distribution leaves unwritten is 0.
  func computeRow(_ values: inout [Float], at address: NoiseAddress) {
    for column in values.indices { values[column] = 0 }
    var row = values.mutableSpan
    fillRow(&row, at: address)
  }
}

extension NoiseAddress {
  /// The whole row of the matrix that a row of the tile is a part of: one row, all columns from 0 on.
  ///
  /// - Parameter index: of the row in the tile, 0 ..< rows. Another stops the program.
  public func wholeRow(_ index: Int) -> NoiseAddress {
    require(
      index >= 0 && index < rows, "NoiseAddress.wholeRow: index is \(index); expected 0 ..< \(rows)"
    )
    var address = kernelAddress
    address.row += UInt32(index)
    address.column = 0
    return NoiseAddress(address, rows: 1, columns: width, kernels: kernels)
  }
}
