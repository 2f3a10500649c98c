import CKernels
import DitherRuntime

extension Tensor {
  /// The matrix product: c[m, n] = Σₖ a[m, k]·b[k, n].
  ///
  /// Each element is one chain of fused multiply-adds in ascending k, from 0: the same bits on every instruction set
  /// and number of threads. Nothing is copied for a transposed operand.
  ///
  /// - Parameters:
  ///   - other: a matrix with as many rows as this one has columns (after any transposing). Stops at other shapes.
  ///   - transposingSelf: multiply this matrix's transpose: this one is [k, m].
  ///   - transposingOther: multiply by the other's transpose: the other is [n, k].
  public func matmul(
    _ other: Tensor, transposingSelf: Bool = false, transposingOther: Bool = false
  ) -> Tensor {
    guard rank == 2, other.rank == 2 else {
      misuse("Tensor.matmul: shapes \(shape) and \(other.shape); expected two matrices")
    }
    let (m, k) = transposingSelf ? (shape[1], shape[0]) : (shape[0], shape[1])
    let (rows, n) =
      transposingOther ? (other.shape[1], other.shape[0]) : (other.shape[0], other.shape[1])
    require(
      k == rows,
      "Tensor.matmul: shapes \(shape)\(transposingSelf ? " transposed" : "") and \(other.shape)\(transposingOther ? " transposed" : ""); expected inner lengths that agree, received \(k) and \(rows)"
    )
    let result = Tensor(undefined: [m, n])
    var execution = unsafe Execution.current.kernelExecution
    unsafe check(
      ck_matmul(
        &execution, transposingSelf, transposingOther, m, n, k, storage.pointer,
        other.storage.pointer, false, result.storage.pointer))
    return result
  }
}
