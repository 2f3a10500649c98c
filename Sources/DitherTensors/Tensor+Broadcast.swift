import DitherRuntime

extension Tensor {
  /// This tensor repeated to fill a shape.
  ///
  /// These fit: the same shape; a single element; a row, `[c]` or `[1, c]`, repeated down `[r, c]`; a column `[r, 1]`,
  /// repeated along `[r, c]`. Where there are more than two axes, all but the last count as rows. Elementwise operations
  /// repeat one operand so, without making the copy that this makes. Stops at shapes that do not fit.
  public func broadcast(to shape: [Int]) -> Tensor {
    if shape == self.shape { return self }
    guard let layout = Broadcast(self.shape, over: shape) else {
      misuse(
        "Tensor.broadcast: shape \(self.shape) to \(shape); expected \(Tensor.fitting(shape))")
    }
    let result = Tensor(undefined: shape)
    let source = unsafe storage.pointer
    for row in 0..<layout.rows {
      let target = unsafe result.storage.pointer + row * layout.columns
      if layout.columnStride == 0 {
        unsafe target.initialize(repeating: source[row * layout.rowStride], count: layout.columns)
      } else {
        unsafe target.initialize(from: source, count: layout.columns)
      }
    }
    return result
  }

  /// Both operands at the shape of the larger.
  @usableFromInline
  static func broadcast(_ left: Tensor, _ right: Tensor, _ operation: String) -> (Tensor, Tensor) {
    if Broadcast(right.shape, over: left.shape) != nil {
      return (left, right.broadcast(to: left.shape))
    }
    if Broadcast(left.shape, over: right.shape) != nil {
      return (left.broadcast(to: right.shape), right)
    }
    mismatch(operation, left.shape, right.shape)
  }

  static func mismatch(_ name: String, _ left: [Int], _ right: [Int]) -> Never {
    let larger = left.count >= right.count ? left : right
    misuse(
      "Tensor \(name): shapes \(left) and \(right); expected beside \(larger) \(fitting(larger))")
  }

  static func fitting(_ shape: [Int]) -> String {
    guard let columns = shape.last else { return "the same" }
    if shape.count == 1 { return "the same or one element" }
    return "the same, one element, a row [\(columns)] or a column \(shape.dropLast() + [1])"
  }
}

/// How a smaller tensor is read once for each element of a larger one, seen as a matrix: its columns are the last axis,
/// its rows all the others. A stride of 0 repeats.
struct Broadcast {
  var rows: Int
  var columns: Int
  var rowStride: Int
  var columnStride: Int

  /// Nil if the shapes do not fit.
  init?(_ small: [Int], over large: [Int]) {
    columns = large.last ?? 1
    rows = Tensor.count(of: large.dropLast())
    if small == large {
      (rowStride, columnStride) = (columns, 1)
    } else if small.count <= large.count, small.allSatisfy({ $0 == 1 }) {
      (rowStride, columnStride) = (0, 0)
    } else if small.count <= large.count, small.last == columns,
      small.dropLast().allSatisfy({ $0 == 1 })
    {
      (rowStride, columnStride) = (0, 1)
    } else if small.count == large.count, small.last == 1, small.dropLast() == large.dropLast() {
      (rowStride, columnStride) = (1, 0)
    } else {
      return nil
    }
  }
}
