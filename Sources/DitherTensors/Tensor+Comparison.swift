import DitherRuntime

extension Tensor: Equatable {
  /// Whether the shapes are equal and the elements equal as numbers: 0 equals -0, NaN equals nothing.
  public static func == (left: Tensor, right: Tensor) -> Bool {
    if left.shape != right.shape { return false }
    return left.allPairs(with: right) { $0 == $1 }
  }
}

extension Tensor {
  /// Whether the shapes are equal and every element has the same bits: NaN equals itself, 0 differs from -0.
  public func isBitwiseEqual(to other: Tensor) -> Bool {
    if shape != other.shape { return false }
    if storage === other.storage { return true }
    return allPairs(with: other) { $0.bitPattern == $1.bitPattern }
  }

  /// Whether the shapes are equal and each element lies within the tolerance:
  /// |x - y| ≤ max(absoluteTolerance, relativeTolerance · max(|x|, |y|)), or x = y. NaN is near nothing.
  ///
  /// Stops unless both tolerances are 0 or more.
  public func isApproximatelyEqual(
    to other: Tensor, absoluteTolerance: Float, relativeTolerance: Float = 0
  ) -> Bool {
    require(
      absoluteTolerance >= 0 && relativeTolerance >= 0,
      "Tensor.isApproximatelyEqual: tolerances \(absoluteTolerance) and \(relativeTolerance); expected 0 or more"
    )
    if shape != other.shape { return false }
    return allPairs(with: other) { x, y in
      let bound = max(absoluteTolerance, relativeTolerance * max(abs(x), abs(y)))
      return x == y || (bound.isFinite && abs(x - y) <= bound)
    }
  }

  @inline(__always)
  private func allPairs(with other: Tensor, _ holds: (Float, Float) -> Bool) -> Bool {
    let (left, right) = unsafe (storage.pointer, other.storage.pointer)
    for index in 0..<count where unsafe !holds(left[index], right[index]) { return false }
    return true
  }
}

// Masks: 1 where the comparison holds, else 0. A mask times a tensor keeps what the comparison chose.
extension Tensor {
  /// 1 where the left element is less, else 0. See ``broadcast(to:)`` for the shapes that fit.
  public static func .< (left: Tensor, right: Tensor) -> Tensor {
    left.combining(right) { $0 < $1 ? 1 : 0 }
  }
  /// 1 where the left element is less or equal, else 0. See ``broadcast(to:)`` for the shapes that fit.
  public static func .<= (left: Tensor, right: Tensor) -> Tensor {
    left.combining(right) { $0 <= $1 ? 1 : 0 }
  }
  /// 1 where the left element is greater, else 0. See ``broadcast(to:)`` for the shapes that fit.
  public static func .> (left: Tensor, right: Tensor) -> Tensor {
    left.combining(right) { $0 > $1 ? 1 : 0 }
  }
  /// 1 where the left element is greater or equal, else 0. See ``broadcast(to:)`` for the shapes that fit.
  public static func .>= (left: Tensor, right: Tensor) -> Tensor {
    left.combining(right) { $0 >= $1 ? 1 : 0 }
  }
  /// 1 where the elements are equal, else 0. See ``broadcast(to:)`` for the shapes that fit.
  public static func .== (left: Tensor, right: Tensor) -> Tensor {
    left.combining(right) { $0 == $1 ? 1 : 0 }
  }
  /// 1 where the element is less than a number, else 0.
  public static func .< (left: Tensor, right: Float) -> Tensor { left.map { $0 < right ? 1 : 0 } }
  /// 1 where the element is at most a number, else 0.
  public static func .<= (left: Tensor, right: Float) -> Tensor {
    left.map { $0 <= right ? 1 : 0 }
  }
  /// 1 where the element is greater than a number, else 0.
  public static func .> (left: Tensor, right: Float) -> Tensor { left.map { $0 > right ? 1 : 0 } }
  /// 1 where the element is at least a number, else 0.
  public static func .>= (left: Tensor, right: Float) -> Tensor {
    left.map { $0 >= right ? 1 : 0 }
  }
  /// 1 where the element equals a number, else 0.
  public static func .== (left: Tensor, right: Float) -> Tensor {
    left.map { $0 == right ? 1 : 0 }
  }
}
