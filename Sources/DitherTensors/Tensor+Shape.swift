import DitherRuntime

extension Tensor {
  /// The same elements under another shape, without a copy. One length may be -1: it becomes what the others leave.
  ///
  /// Stops unless both shapes have the same number of elements.
  public func reshaped(to shape: [Int]) -> Tensor {
    var resolved = shape
    if let open = shape.firstIndex(of: -1) {
      resolved[open] = 1
      let others = resolved.contains { $0 < 0 } ? 0 : Tensor.count(of: resolved)
      require(
        others > 0 && count % others == 0,
        "Tensor.reshaped: \(count) elements of shape \(self.shape) to \(shape); expected one -1 at most, and other lengths whose product divides \(count)"
      )
      resolved[open] = count / others
    }
    let resolvedCount = Tensor.count(of: resolved)
    require(
      resolvedCount == count,
      "Tensor.reshaped: \(count) elements of shape \(self.shape) to \(shape), which has \(resolvedCount)"
    )
    return Tensor(shape: resolved, count: count, storage: storage)
  }

  /// A copy of some rows, where a row is an index on the first axis.
  public func rows(_ range: Range<Int>) -> Tensor {
    let length = rowLength("rows")
    require(
      range.lowerBound >= 0 && range.upperBound <= shape[0],
      "Tensor.rows: \(range) of shape \(shape); expected a range within 0..<\(shape[0])")
    var shape = shape
    shape[0] = range.count
    let result = Tensor(undefined: shape)
    unsafe result.storage.pointer.initialize(
      from: storage.pointer + range.lowerBound * length, count: result.count)
    return result
  }

  /// A copy of the rows at some indices of the first axis, in the order given; an index may occur more than once.
  public func rows(at indices: [Int]) -> Tensor {
    let length = rowLength("rows")
    var shape = shape
    let available = shape[0]
    shape[0] = indices.count
    let result = Tensor(undefined: shape)
    for (row, index) in indices.enumerated() {
      require(
        index >= 0 && index < available,
        "Tensor.rows: row \(index) of shape \(self.shape); expected 0..<\(available)")
      unsafe (result.storage.pointer + row * length).initialize(
        from: storage.pointer + index * length, count: length)
    }
    return result
  }

  /// The elements of one row; stops at rank 0, which has no rows.
  private func rowLength(_ operation: String) -> Int {
    require(rank >= 1, "Tensor.\(operation): shape [] has no rows; expected rank 1 or more")
    return Tensor.count(of: shape.dropFirst())
  }

  /// The matrix with rows and columns exchanged. Stops at any other rank than 2.
  public func transposed() -> Tensor {
    require(rank == 2, "Tensor.transposed: shape \(shape); expected [rows, columns]")
    let (rows, columns) = (shape[0], shape[1])
    let result = Tensor(undefined: [columns, rows])
    let (source, target) = unsafe (storage.pointer, result.storage.pointer)
    // In square blocks, so that the lines of both sides stay in the cache.
    let block = 32
    for firstRow in stride(from: 0, to: rows, by: block) {
      for firstColumn in stride(from: 0, to: columns, by: block) {
        for row in firstRow..<min(firstRow + block, rows) {
          for column in firstColumn..<min(firstColumn + block, columns) {
            unsafe target[column * rows + row] = source[row * columns + column]
          }
        }
      }
    }
    return result
  }
}
