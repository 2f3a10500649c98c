import DitherRuntime

/// How many samples of each row are true, for the kernels; padding follows them.
@safe final class RowLengths: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<UInt32>

  /// Stops unless there is a length for each row, within its columns.
  init(_ lengths: [Int], site: String, rows: Int, columns: Int) {
    require(
      lengths.count == rows,
      "the pass has the lengths of \(lengths.count) rows; expected \(rows), one for each row at the site \"\(site)\""
    )
    for (row, length) in lengths.enumerated() {
      require(
        length >= 0 && length <= columns,
        "the length of row \(row) is \(length); expected 0…\(columns), the columns at the site \"\(site)\""
      )
    }
    unsafe pointer = .allocate(capacity: rows)
    for (row, length) in lengths.enumerated() {
      unsafe (pointer + row).initialize(to: UInt32(length))
    }
  }

  deinit { unsafe pointer.deallocate() }
}
