import CKernels
import DitherRuntime
import DitherTensors

/// What the columns of a batch are normalised with: z = ((x − mean) − rest) · inverse.
struct ColumnNorm {
  let mean: Tensor
  /// What the mean lacks as a single-precision number.
  let rest: Tensor
  /// 1 / √(variance + ε).
  let inverse: Tensor

  /// Of running statistics.
  init(mean: Tensor, variance: Tensor, epsilon: Float) {
    self.init(mean: mean, rest: Tensor(zeros: mean.shape), variance: variance, epsilon: epsilon)
  }

  private init(mean: Tensor, rest: Tensor, variance: Tensor, epsilon: Float) {
    self.mean = mean
    self.rest = rest
    inverse = 1 / (variance + epsilon).squareRoot()
  }

  /// Of a batch itself, with the variance (Σ (x − mean)² / rows) of each of its columns.
  static func of(_ batch: Tensor, epsilon: Float) -> (norm: ColumnNorm, variance: Tensor) {
    let (rows, columns) = (batch.shape[0], batch.shape[1])
    let moments = unsafe Tensor(undefined: [3, columns]) { moments in
      var execution = unsafe Execution.current.kernelExecution
      unsafe batch.withUnsafePointer { x in
        unsafe ck_column_moments(
          &execution, rows, columns, x, moments, moments + columns, moments + 2 * columns)
      }
    }
    func row(_ index: Int) -> Tensor { moments.rows(index..<index + 1).reshaped(to: [columns]) }
    let variance = row(2)
    let norm = ColumnNorm(mean: row(0), rest: row(1), variance: variance, epsilon: epsilon)
    return (norm, variance)
  }

  /// y = z ∘ scale + shift; z itself where there are none.
  func normalise(_ input: Tensor, scale: Tensor? = nil, shift: Tensor? = nil) -> Tensor {
    unsafe Tensor(undefined: input.shape) { y in
      unsafe withKernelNorm(scale, shift) { execution, norm in
        unsafe input.withUnsafePointer { x in
          unsafe ck_normalise_columns(&execution, input.shape[0], input.shape[1], &norm, x, y)
        }
      }
    }
  }

  /// dx where mean and inverse are those of the input itself.
  func gradient(of outputGradient: Tensor, input: Tensor, scale: Tensor?) -> Tensor {
    unsafe Tensor(undefined: input.shape) { dx in
      unsafe withKernelNorm(scale, nil) { execution, norm in
        unsafe input.withUnsafePointer { x in
          unsafe outputGradient.withUnsafePointer { dy in
            unsafe ck_batch_norm_gradient(
              &execution, input.shape[0], input.shape[1], &norm, x, dy, dx)
          }
        }
      }
    }
  }

  private func withKernelNorm(
    _ scale: Tensor?, _ shift: Tensor?, _ body: (inout ck_execution, inout ck_column_norm) -> Void
  ) {
    unsafe mean.withUnsafePointer { mean in
      unsafe rest.withUnsafePointer { rest in
        unsafe inverse.withUnsafePointer { inverse in
          unsafe withPointer(scale) { scale in
            unsafe withPointer(shift) { shift in
              var execution = unsafe Execution.current.kernelExecution
              var norm = unsafe ck_column_norm(
                mean: mean, rest: rest, inverse: inverse, scale: scale, shift: shift)
              unsafe body(&execution, &norm)
            }
          }
        }
      }
    }
  }
}
