import CKernels
import DitherRuntime

// Elementwise arithmetic. Either operand may be the smaller: a number, a row [c] or a column [r, 1] over [r, c].
extension Tensor {
  /// The sum, element by element. See ``broadcast(to:)`` for the shapes that fit.
  public static func + (left: Tensor, right: Tensor) -> Tensor { binary(CK_PLUS, "+", left, right) }
  /// The difference, element by element. See ``broadcast(to:)`` for the shapes that fit.
  public static func - (left: Tensor, right: Tensor) -> Tensor {
    binary(CK_MINUS, "-", left, right)
  }
  /// The product, element by element. See ``broadcast(to:)`` for the shapes that fit.
  public static func * (left: Tensor, right: Tensor) -> Tensor {
    binary(CK_TIMES, "*", left, right)
  }
  /// The quotient, element by element. See ``broadcast(to:)`` for the shapes that fit.
  public static func / (left: Tensor, right: Tensor) -> Tensor {
    binary(CK_DIVIDE, "/", left, right)
  }

  /// Adds a number to each element.
  public static func + (left: Tensor, right: Float) -> Tensor { left.binary(CK_PLUS, right) }
  /// Subtracts a number from each element.
  public static func - (left: Tensor, right: Float) -> Tensor { left.binary(CK_MINUS, right) }
  /// Multiplies each element by a number.
  public static func * (left: Tensor, right: Float) -> Tensor { left.binary(CK_TIMES, right) }
  /// Divides each element by a number.
  public static func / (left: Tensor, right: Float) -> Tensor { left.binary(CK_DIVIDE, right) }

  /// Adds each element to a number.
  public static func + (left: Float, right: Tensor) -> Tensor { right.binary(CK_PLUS, left) }
  /// Subtracts each element from a number.
  public static func - (left: Float, right: Tensor) -> Tensor {
    binary(CK_MINUS, "-", Tensor(repeating: left, shape: right.shape), right)
  }
  /// Multiplies a number by each element.
  public static func * (left: Float, right: Tensor) -> Tensor { right.binary(CK_TIMES, left) }
  /// Divides a number by each element.
  public static func / (left: Float, right: Tensor) -> Tensor {
    binary(CK_DIVIDE, "/", Tensor(repeating: left, shape: right.shape), right)
  }

  /// Each element with its sign changed.
  public static prefix func - (tensor: Tensor) -> Tensor { tensor.unary(CK_NEGATE) }

  /// Adds in place. The right operand has the left one's shape, or fits within it.
  public static func += (left: inout Tensor, right: Tensor) { left.combine(CK_PLUS, "+=", right) }
  /// Subtracts in place. The right operand has the left one's shape, or fits within it.
  public static func -= (left: inout Tensor, right: Tensor) { left.combine(CK_MINUS, "-=", right) }
  /// Multiplies in place. The right operand has the left one's shape, or fits within it.
  public static func *= (left: inout Tensor, right: Tensor) { left.combine(CK_TIMES, "*=", right) }
  /// Divides in place. The right operand has the left one's shape, or fits within it.
  public static func /= (left: inout Tensor, right: Tensor) { left.combine(CK_DIVIDE, "/=", right) }
  /// Adds a number to each element in place.
  public static func += (left: inout Tensor, right: Float) { left.combine(CK_PLUS, right) }
  /// Subtracts a number from each element in place.
  public static func -= (left: inout Tensor, right: Float) { left.combine(CK_MINUS, right) }
  /// Multiplies each element by a number in place.
  public static func *= (left: inout Tensor, right: Float) { left.combine(CK_TIMES, right) }
  /// Divides each element by a number in place.
  public static func /= (left: inout Tensor, right: Float) { left.combine(CK_DIVIDE, right) }

  /// Adds `factor` times a tensor of the same shape in place, by one fused multiply-add an element.
  public mutating func add(_ other: Tensor, times factor: Float) {
    require(
      shape == other.shape,
      "Tensor.add: shape \(other.shape) to \(shape); expected equal shapes")
    makeUnique()
    var execution = unsafe Execution.current.kernelExecution
    unsafe ck_axpy(&execution, count, factor, other.storage.pointer, storage.pointer)
  }

  /// The greater of two elements at each place, the right one of equals; NaN where either is.
  /// See ``broadcast(to:)`` for the shapes that fit.
  public static func pointwiseMaximum(_ left: Tensor, _ right: Tensor) -> Tensor {
    binary(CK_MAXIMUM, "pointwiseMaximum", left, right)
  }
  /// The lesser of two elements at each place, the right one of equals; NaN where either is.
  /// See ``broadcast(to:)`` for the shapes that fit.
  public static func pointwiseMinimum(_ left: Tensor, _ right: Tensor) -> Tensor {
    binary(CK_MINIMUM, "pointwiseMinimum", left, right)
  }

  /// Each element moved into a range: its bounds take the place of what lies beyond them.
  public func clamped(to range: ClosedRange<Float>) -> Tensor {
    binary(CK_MAXIMUM, range.lowerBound).binary(CK_MINIMUM, range.upperBound)
  }

  /// Each element raised to a power, with the special cases of C's `pow`.
  public func raised(to exponent: Float) -> Tensor { binary(CK_POWER, exponent) }
  /// Each element raised to the power at its place. See ``broadcast(to:)`` for the shapes that fit.
  public func raised(to exponents: Tensor) -> Tensor {
    Tensor.binary(CK_POWER, "raised", self, exponents)
  }
}

// MARK: Kernel calls

extension Tensor {
  func unary(_ function: ck_unary_function) -> Tensor {
    let result = Tensor(undefined: shape)
    var execution = unsafe Execution.current.kernelExecution
    unsafe ck_unary(&execution, function, count, storage.pointer, result.storage.pointer)
    return result
  }

  fileprivate func binary(_ function: ck_binary_function, _ number: Float) -> Tensor {
    let result = Tensor(undefined: shape)
    var execution = unsafe Execution.current.kernelExecution
    var number = number
    unsafe ck_binary(
      &execution, function, 1, count, storage.pointer, &number, 0, 0, result.storage.pointer)
    return result
  }

  fileprivate static func binary(
    _ function: ck_binary_function, _ name: String, _ left: Tensor, _ right: Tensor
  ) -> Tensor {
    if let layout = Broadcast(right.shape, over: left.shape) {
      let result = Tensor(undefined: left.shape)
      result.write(function, left, right, layout)
      return result
    }
    guard let layout = Broadcast(left.shape, over: right.shape) else {
      mismatch(name, left.shape, right.shape)
    }
    // A maximum or minimum does not commute: of 0 and -0 the kernel takes the second.
    let commutes = function == CK_PLUS || function == CK_TIMES
    if !commutes { return binary(function, name, left.broadcast(to: right.shape), right) }
    let result = Tensor(undefined: right.shape)
    result.write(function, right, left, layout)
    return result
  }

  /// self = function(left, right) with `right` repeated; self's memory is left's or nobody else's.
  private func write(
    _ function: ck_binary_function, _ left: Tensor, _ right: Tensor, _ layout: Broadcast
  ) {
    // Equal shapes are one long row.
    let flat = layout.rowStride == layout.columns && layout.columnStride == 1
    var execution = unsafe Execution.current.kernelExecution
    unsafe ck_binary(
      &execution, function, flat ? 1 : layout.rows, flat ? count : layout.columns,
      left.storage.pointer, right.storage.pointer, layout.rowStride, layout.columnStride,
      storage.pointer)
  }

  fileprivate mutating func combine(
    _ function: ck_binary_function, _ name: String, _ right: Tensor
  ) {
    guard let layout = Broadcast(right.shape, over: shape) else {
      misuse(
        "Tensor \(name): shape \(right.shape) into \(shape); expected \(Tensor.fitting(shape))")
    }
    makeUnique()
    write(function, self, right, layout)
  }

  fileprivate mutating func combine(_ function: ck_binary_function, _ number: Float) {
    makeUnique()
    var execution = unsafe Execution.current.kernelExecution
    var number = number
    unsafe ck_binary(
      &execution, function, 1, count, storage.pointer, &number, 0, 0, storage.pointer)
  }
}
