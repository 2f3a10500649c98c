import CKernels
import DitherRuntime
import DitherTensors

extension Parameter {
  /// One step by a kernel that changes the value and leaves zeros in the gradient.
  func updateByKernel(
    _ body: (
      inout ck_execution, _ count: Int, _ weight: UnsafeMutablePointer<Float>,
      _ gradient: UnsafeMutablePointer<Float>
    ) -> Void
  ) {
    updateLeavingZeros { value, gradient in
      unsafe value.withUnsafeMutableBufferPointer { value in
        unsafe gradient.withUnsafeMutableBufferPointer { gradient in
          guard let weight = value.baseAddress, let gradient = gradient.baseAddress else { return }
          var execution = unsafe Execution.current.kernelExecution
          unsafe body(&execution, value.count, weight, gradient)
        }
      }
    }
  }

  /// Multiplies a gradient that is there by a number.
  func scaleGradient(by factor: Float) {
    let count = shape.reduce(1, *)
    unsafe withUnsafeMutableGradient { gradient in
      var execution = unsafe Execution.current.kernelExecution
      var factor = factor
      unsafe ck_binary(&execution, CK_TIMES, 1, count, gradient, &factor, 0, 0, gradient)
    }
  }
}
