// Public for the inlinable functions of one number: in a distribution's loop every call counts.
public import CKernels
import DitherRuntime

/// Elementary functions with the same bits on every machine: polynomials in IEEE operations and explicit fused
/// multiply-adds, where a system's own library differs from another's in the last place.
///
/// Each comes for one number and for every element of a span. `Float.squareRoot()` and the arithmetic operators are
/// reproducible already. For moments and probabilities in double precision see ``ReproducibleDoubleMath``.
public enum ReproducibleMath {
  /// The natural logarithm; −∞ at 0, NaN below.
  @inlinable public static func log(_ x: Float) -> Float { ck_logf(x) }
  /// eˣ; results that would be subnormal are 0.
  @inlinable public static func exp(_ x: Float) -> Float { ck_expf(x) }
  /// The sine of `x` radians, any finite x; NaN at infinity.
  @inlinable public static func sin(_ x: Float) -> Float { ck_sinf(x) }
  /// The cosine of `x` radians, any finite x; NaN at infinity.
  @inlinable public static func cos(_ x: Float) -> Float { ck_cosf(x) }
  /// The tangent of `x` radians, any finite x; NaN at infinity.
  @inlinable public static func tan(_ x: Float) -> Float { ck_tanf(x) }
  /// x to the power y, with C99's special cases.
  @inlinable public static func pow(_ x: Float, _ y: Float) -> Float { ck_powf(x, y) }
  /// The hyperbolic tangent.
  @inlinable public static func tanh(_ x: Float) -> Float { ck_tanhf(x) }
  /// The error function, 2/√π · ∫₀ˣ exp(−t²) dt.
  @inlinable public static func erf(_ x: Float) -> Float { ck_erff(x) }
  /// The standard normal's quantile; −∞ at 0, ∞ at 1, NaN outside.
  @inlinable public static func inverseNormal(_ p: Float) -> Float { ck_inverse_normalf(p) }
}

extension ReproducibleMath {
  /// Replaces each element by its ``log(_:)-(Float)``.
  public static func log(_ values: inout MutableSpan<Float>) { map(&values, CK_LOGARITHM) }
  /// Replaces each element by its ``exp(_:)-(Float)``.
  public static func exp(_ values: inout MutableSpan<Float>) { map(&values, CK_EXPONENTIAL) }
  /// Replaces each element by its ``sin(_:)-(Float)``.
  public static func sin(_ values: inout MutableSpan<Float>) { map(&values, CK_SINE) }
  /// Replaces each element by its ``cos(_:)-(Float)``.
  public static func cos(_ values: inout MutableSpan<Float>) { map(&values, CK_COSINE) }
  /// Replaces each element by its ``tan(_:)-(Float)``.
  public static func tan(_ values: inout MutableSpan<Float>) { map(&values, CK_TANGENT) }
  /// Replaces each element by its ``tanh(_:)-(Float)``.
  public static func tanh(_ values: inout MutableSpan<Float>) { map(&values, CK_TANH) }
  /// Replaces each element by its ``erf(_:)-(Float)``.
  public static func erf(_ values: inout MutableSpan<Float>) { map(&values, CK_ERF) }
  /// Replaces each element by its ``inverseNormal(_:)-(Float)``.
  public static func inverseNormal(_ values: inout MutableSpan<Float>) {
    map(&values, CK_INVERSE_NORMAL)
  }

  /// Replaces each element x by x to the power `exponent`.
  public static func pow(_ values: inout MutableSpan<Float>, _ exponent: Float) {
    var execution = unsafe Execution.current.kernelExecution
    var exponent = exponent
    unsafe values.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      unsafe ck_binary(&execution, CK_POWER, 1, buffer.count, start, &exponent, 0, 0, start)
    }
  }

  private static func map(_ values: inout MutableSpan<Float>, _ function: ck_unary_function) {
    var execution = unsafe Execution.current.kernelExecution
    unsafe values.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      unsafe ck_unary(&execution, function, buffer.count, start, start)
    }
  }
}
