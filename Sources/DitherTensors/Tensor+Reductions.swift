import CKernels
import DitherRuntime

// Reductions: each in an order that depends on the shape alone.
extension Tensor {
  /// The sum of all elements, added in double precision; 0 of none.
  public func sum() -> Float { Float(sumInDouble()) }

  /// The sum of all elements before it is rounded to a `Float`.
  package func sumInDouble() -> Double {
    var execution = unsafe Execution.current.kernelExecution
    return unsafe ck_sum(&execution, count, storage.pointer)
  }

  /// The mean of all elements, added in double precision. Stops where there are none.
  public func mean() -> Float {
    require(count > 0, "Tensor.mean: shape \(shape) has no elements; expected at least one")
    return Float(sumInDouble() / Double(count))
  }

  /// The sum of the squares of all elements, in double precision: the square of the Euclidean norm.
  public func sumOfSquares() -> Double {
    var execution = unsafe Execution.current.kernelExecution
    return unsafe ck_sum_of_squares(&execution, count, storage.pointer)
  }

  /// The sums along one axis, which the result lacks: of a matrix, axis 0 gives a sum a column and axis 1 a sum a row.
  ///
  /// - Parameter axis: from 0, or from the last axis as -1. Stops where there is none.
  public func sum(axis: Int) -> Tensor {
    let (resolved, outer, length, inner) = split(at: axis, "sum")
    var shape = shape
    shape.remove(at: resolved)
    let result = Tensor(zeros: shape)
    if count == 0 { return result }
    var execution = unsafe Execution.current.kernelExecution
    if inner == 1 {
      unsafe ck_row_sums(
        &execution, outer, length, storage.pointer, result.storage.pointer)
    } else {
      for index in 0..<outer {
        unsafe ck_column_sums(
          &execution, length, inner, storage.pointer + index * length * inner,
          result.storage.pointer + index * inner)
      }
    }
    return result
  }

  /// The means along one axis, which the result lacks. Stops where the axis has length 0.
  ///
  /// - Parameter axis: from 0, or from the last axis as -1.
  public func mean(axis: Int) -> Tensor {
    let length = split(at: axis, "mean").length
    require(
      length > 0, "Tensor.mean: axis \(axis) of shape \(shape) has length 0; expected at least 1")
    return sum(axis: axis) / Float(length)
  }

  /// The greatest element; NaN if any is. Stops where there are none.
  public func maximum() -> Float {
    require(count > 0, "Tensor.maximum: shape \(shape) has no elements; expected at least one")
    // Rows that the threads share out and what is left over, then the greatest of theirs.
    let columns = 1024
    let rows = count / columns
    let rest = count - rows * columns
    let maxima = unsafe Tensor(undefined: [1, rows + (rest > 0 ? 1 : 0)]) { maxima in
      var execution = unsafe Execution.current.kernelExecution
      unsafe ck_row_maxima(&execution, rows, columns, storage.pointer, maxima, nil)
      if rest > 0 {
        unsafe ck_row_maxima(
          &execution, 1, rest, storage.pointer + rows * columns, maxima + rows, nil)
      }
    }
    return maxima.rowMaxima().item
  }

  /// The least element; NaN if any is. Stops where there are none.
  public func minimum() -> Float {
    require(count > 0, "Tensor.minimum: shape \(shape) has no elements; expected at least one")
    return -(-self).maximum()
  }

  /// The greatest element of each row, along the last axis; NaN if any is. Stops where rows have no elements.
  public func rowMaxima() -> Tensor {
    let (rows, columns) = nonemptyRows("rowMaxima")
    let result = Tensor(undefined: Array(shape.dropLast()))
    var execution = unsafe Execution.current.kernelExecution
    unsafe ck_row_maxima(
      &execution, rows, columns, storage.pointer, result.storage.pointer, nil)
    return result
  }

  /// The index of the greatest element of each row, along the last axis: the first of equals, the first NaN if there
  /// is one.
  ///
  /// Of logits of shape [rows, classes] these are the predicted classes. Stops where rows have no elements, or 2³¹ and
  /// more.
  public func indicesOfRowMaxima() -> [Int] {
    let (rows, columns) = nonemptyRows("indicesOfRowMaxima")
    require(
      columns <= Int(Int32.max),
      "Tensor.indicesOfRowMaxima: rows of \(columns) elements; expected at most \(Int32.max)")
    var execution = unsafe Execution.current.kernelExecution
    let indices = unsafe [Int32](unsafeUninitializedCapacity: rows) { buffer, initialized in
      unsafe ck_row_maxima(
        &execution, rows, columns, storage.pointer, nil, buffer.baseAddress)
      initialized = rows
    }
    return indices.map(Int.init)
  }

  private func nonemptyRows(_ operation: String) -> (rows: Int, columns: Int) {
    let (rows, columns) = matrixView(operation)
    require(
      columns > 0,
      "Tensor.\(operation): rows of shape \(shape) have no elements; expected at least one")
    return (rows, columns)
  }

  /// The shape as [outer, length, inner] around one axis.
  private func split(
    at axis: Int, _ operation: String
  ) -> (axis: Int, outer: Int, length: Int, inner: Int) {
    let resolved = axis < 0 ? axis + rank : axis
    require(
      resolved >= 0 && resolved < rank,
      "Tensor.\(operation): axis \(axis) of shape \(shape); expected one of \(rank) axes, from 0 or from the last as -1"
    )
    return (
      resolved, Tensor.count(of: shape[..<resolved]), shape[resolved],
      Tensor.count(of: shape[(resolved + 1)...])
    )
  }
}
