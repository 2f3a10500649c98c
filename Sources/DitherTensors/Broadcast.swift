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
