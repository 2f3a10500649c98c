import DitherRuntime

extension NoiseAddress {
  /// The address of a part of the tile, as a kernel hands it out that cuts the tile there.
  ///
  /// - Parameters:
  ///   - rows: counted from the tile's first; within it, or the program stops.
  ///   - columns: likewise.
  package func part(rows: Range<Int>, columns: Range<Int>) -> NoiseAddress {
    require(
      rows.lowerBound >= 0 && rows.upperBound <= self.rows
        && columns.lowerBound >= 0 && columns.upperBound <= self.columns,
      "NoiseAddress.part: \(rows) × \(columns); expected a part of \(self.rows) × \(self.columns)")
    var address = kernelAddress
    address.row += UInt32(rows.lowerBound)
    address.column += UInt32(columns.lowerBound)
    return NoiseAddress(address, rows: rows.count, columns: columns.count, kernels: kernels)
  }
}
