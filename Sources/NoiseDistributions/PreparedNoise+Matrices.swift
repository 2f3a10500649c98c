import CKernels
import DitherRuntime

extension PreparedNoise {
  /// y = rules(x), matrices of `rows` × `columns`. x and y may be the same memory.
  package func apply(
    rows: Int, columns: Int, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>
  ) {
    unsafe withRules { rules in
      var execution = unsafe Execution.current.kernelExecution
      check(unsafe ck_apply_rules(&execution, rules, rows, columns, x, y))
    }
  }

  /// dx = dy·a, with the draws computed again. dy and dx may be the same memory.
  package func applyGradient(
    rows: Int, columns: Int, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>
  ) {
    unsafe withRules { rules in
      var execution = unsafe Execution.current.kernelExecution
      check(unsafe ck_apply_rules_gradient(&execution, rules, rows, columns, dy, dx))
    }
  }
}
