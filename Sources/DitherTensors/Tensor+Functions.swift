import CKernels
import DitherRuntime

// Elementwise functions: the same bits on every machine, unlike the system's mathematical library.
extension Tensor {
  /// e to the power of each element.
  public func exp() -> Tensor { unary(CK_EXPONENTIAL) }
  /// The natural logarithm of each element: -inf at 0, NaN below.
  public func log() -> Tensor { unary(CK_LOGARITHM) }
  /// The square root of each element, correctly rounded; NaN below 0.
  public func squareRoot() -> Tensor { unary(CK_SQUARE_ROOT) }
  /// The absolute value of each element.
  public func absolute() -> Tensor { unary(CK_ABSOLUTE) }
  /// The sine of each element, in radians.
  public func sin() -> Tensor { unary(CK_SINE) }
  /// The cosine of each element, in radians.
  public func cos() -> Tensor { unary(CK_COSINE) }
  /// The tangent of each element, in radians.
  public func tan() -> Tensor { unary(CK_TANGENT) }
  /// The hyperbolic tangent of each element.
  public func tanh() -> Tensor { unary(CK_TANH) }
  /// The error function of each element: 2/√π · ∫₀ˣ exp(-t²) dt.
  public func erf() -> Tensor { unary(CK_ERF) }
  /// The standard normal distribution's quantile at each element: -inf at 0, +inf at 1, NaN outside.
  public func inverseNormal() -> Tensor { unary(CK_INVERSE_NORMAL) }
  /// x where x > 0, else 0; NaN stays NaN.
  public func relu() -> Tensor { unary(CK_RELU) }
  /// 1 / (1 + exp(-x)) of each element.
  public func sigmoid() -> Tensor { unary(CK_SIGMOID) }
  /// x·Φ(x) of each element, Φ the standard normal's distribution function by `erf`, not its tanh form
  /// (Hendrycks & Gimpel 2016).
  public func gelu() -> Tensor { unary(CK_GELU) }

  /// exp(x) / Σ exp(x) along the last axis. Stops at rank 0.
  public func softmax() -> Tensor {
    let (rows, columns) = matrixView("softmax")
    let result = Tensor(undefined: shape)
    if count > 0 {
      var execution = unsafe Execution.current.kernelExecution
      unsafe ck_softmax(&execution, rows, columns, storage.pointer, result.storage.pointer)
    }
    return result
  }

  /// Any function of an element, on the calling thread.
  ///
  /// ```swift
  /// let x = Tensor([-2, 3])
  /// let leaky = x.map { $0 > 0 ? $0 : 0.01 * $0 }   // [-0.02,  3.00]
  /// ```
  @inlinable
  public func map(_ transform: (Float) -> Float) -> Tensor {
    withSpan { source in
      Tensor(uninitialized: shape) { target in
        for index in source.indices { target[index] = transform(source[index]) }
      }
    }
  }

  /// Any function of two elements at the same place, on the calling thread.
  /// See ``broadcast(to:)`` for the shapes that fit.
  @inlinable
  public func combining(_ other: Tensor, _ function: (Float, Float) -> Float) -> Tensor {
    let (left, right) = Tensor.broadcast(self, other, "combining")
    return left.withSpan { x in
      right.withSpan { y in
        Tensor(uninitialized: left.shape) { z in
          for index in x.indices { z[index] = function(x[index], y[index]) }
        }
      }
    }
  }

  /// The rows and columns of this tensor as the kernels see it: the last axis is the columns.
  func matrixView(_ operation: String) -> (rows: Int, columns: Int) {
    guard let columns = shape.last else {
      misuse("Tensor.\(operation): shape []; expected rank 1 or more")
    }
    return (Tensor.count(of: shape.dropLast()), columns)
  }
}
