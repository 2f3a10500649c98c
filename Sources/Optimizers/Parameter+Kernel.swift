import CKernels
import DitherRuntime
import DitherTensors

extension Parameter {
  /// One step by a kernel that changes the value.
  func updateByKernel(
    _ body: (
      inout ck_execution, _ count: Int, _ weight: UnsafeMutablePointer<Float>,
      _ gradient: UnsafePointer<Float>
    ) -> Void
  ) {
    let count = count
    unsafe updateByKernel { weight, gradient in
      var execution = unsafe Execution.current.kernelExecution
      unsafe body(&execution, count, weight, gradient)
    }
  }

  /// Multiplies a gradient that is there by a number.
  func scaleGradient(by factor: Float) {
    let count = count
    unsafe withUnsafeMutableGradient { gradient in
      var execution = unsafe Execution.current.kernelExecution
      var factor = factor
      unsafe ck_binary(&execution, CK_TIMES, 1, count, gradient, &factor, 0, 0, gradient)
    }
  }

  /// Multiplies each row of the value whose norm is above a bound, so that it has it.
  func limitRowNorms(to maximum: Double) {
    let (rows, columns) = matrixShape
    unsafe value.withUnsafeMutablePointer { weight in
      var execution = unsafe Execution.current.kernelExecution
      unsafe ck_limit_row_norms(&execution, rows, columns, maximum, weight)
    }
  }

  var count: Int { shape.reduce(1, *) }
}
