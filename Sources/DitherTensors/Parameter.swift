import CKernels
import DitherRuntime

/// A tensor that training changes: its value, the gradient that pullbacks add to, and a version that counts
/// the changes.
///
/// A parameter is an object, so that a network's copies and its optimizer see the same one. It is not `Sendable`:
/// one task trains. Its gradient's memory stays between steps, so that a steady training step allocates none.
public final class Parameter {
  /// Fixed for the parameter's life.
  public let shape: [Int]
  /// Goes up by one at every change of the value. A pullback compares it, so as never to mix two values.
  public private(set) var version = 0
  /// A packed copy of the value, for a model that no longer changes. A change of the value drops it.
  package var packed: PackedWeight?

  private var stored: Tensor?
  private let initializer: Initializer?
  private var gradientSum: GradientSum

  /// Makes the first value from a seed and the parameter's path in its network, such as `0.weight`.
  public typealias Initializer = @Sendable (_ seed: UInt64, _ path: String) -> Tensor

  /// A parameter with its first value.
  public init(_ value: Tensor) {
    shape = value.shape
    stored = value
    initializer = nil
    gradientSum = GradientSum(shape: value.shape)
  }

  /// A parameter whose first value comes later, when its network is given a seed.
  public init(shape: [Int], initializer: @escaping Initializer) {
    _ = Tensor.count(of: shape)
    self.shape = shape
    self.initializer = initializer
    gradientSum = GradientSum(shape: shape)
  }

  private init(copying other: Parameter) {
    (shape, version, stored) = (other.shape, other.version, other.stored)
    initializer = other.initializer
    gradientSum = GradientSum(shape: other.shape)
  }

  /// A parameter of its own with the same value, or with none yet. It has no gradient.
  public func copy() -> Parameter { Parameter(copying: self) }

  // MARK: Value

  /// Whether there is a value to read.
  public var isInitialized: Bool { stored != nil }

  /// Makes the first value, if there is none yet; else does nothing. Stops if it has another shape than the parameter.
  public func initialize(seed: UInt64, path: String) {
    guard stored == nil, let initializer else { return }
    value = initializer(seed, path)
  }

  /// The value. A change, in place or by assignment, adds 1 to ``version``.
  ///
  /// Stops at reading before there is a value, and at assigning one of another shape.
  public var value: Tensor {
    get {
      requireInitialized()
      return stored!
    }
    _modify {
      requireInitialized()
      defer { changed() }
      yield &stored!
    }
    set {
      stored = newValue
      changed()
    }
  }

  private func requireInitialized() {
    require(
      stored != nil,
      "Parameter.value: the parameter of shape \(shape) has no value yet; give its network a seed, as in Sequential(seed: 7) { … } or model.initialized(seed: 7)"
    )
  }

  private func changed() {
    let received = stored!.shape
    require(
      received == shape, "Parameter.value: shape \(received); expected the parameter's, \(shape)")
    version += 1
    packed = nil
  }

  // MARK: Gradient

  /// Whether a pullback has added to the gradient since it was last cleared.
  public var hasGradient: Bool { gradientSum.exists }

  /// The gradient; nil until a pullback adds to it, and again after it is cleared.
  public var gradient: Tensor? { gradientSum.value }

  /// Gives `body` the gradient in row order, to add to: zeros at first.
  public func withMutableGradient<Result, Failure: Error>(
    _ body: (inout MutableSpan<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try gradientSum.mutable.withMutableSpan(body)
  }

  /// The same for a kernel. Never null; aligned to 64 bytes.
  package func withUnsafeMutableGradient(_ body: (UnsafeMutablePointer<Float>) -> Void) {
    unsafe gradientSum.mutable.withUnsafeMutablePointer { unsafe body($0) }
  }

  /// Gives a kernel the gradient to add to, or, where there is none, memory that it writes every element of as if it had
  /// held zeros: neither writing the zeros nor reading them takes time then.
  ///
  /// - Parameter factors: on each element of the sum, applied when it is complete. A sum with the same factors goes on
  ///   with it, so that parts of a batch give the bits of the whole.
  package func accumulateGradient(
    times factors: (any GradientFactors)? = nil,
    _ body: (_ gradient: UnsafeMutablePointer<Float>, _ accumulate: Bool) -> Void
  ) {
    unsafe gradientSum.add(times: factors, body)
  }

  /// Whether a further sum with these factors goes on with the one that is there.
  package func isSummingGradient(times factors: any GradientFactors) -> Bool {
    gradientSum.isOpen(times: factors)
  }

  /// Applies the factors of a sum that is still open, for one who is about to read the gradient more than once.
  package func completeGradient() { gradientSum.complete() }

  /// Adds a tensor of the parameter's shape to the gradient. Stops at any other shape.
  ///
  /// A sum over a part of a batch that is added when it is finished is rounded otherwise than the whole batch's: where
  /// that matters, use ``addToGradient(columnSumsOf:)`` or ``addToGradient(productOfTransposed:and:)``.
  public func addToGradient(_ tensor: Tensor) {
    require(
      tensor.shape == shape,
      "Parameter.addToGradient: shape \(tensor.shape); expected the parameter's, \(shape)")
    gradientSum.mutable += tensor
  }

  /// Adds the sum of each column to the gradient of a parameter of shape [columns]: the rows one after the other, so that
  /// parts of a batch in their order give the bits of the whole.
  ///
  /// - Parameter matrix: [rows, columns]; or more axes before the last, which together are the rows. Stops at another shape.
  public func addToGradient(columnSumsOf matrix: Tensor) {
    require(
      matrix.rank >= 2 && shape == [matrix.shape.last!],
      "Parameter.addToGradient(columnSumsOf:): shape \(matrix.shape); expected [rows, columns] for the parameter's shape \(shape)"
    )
    unsafe withUnsafeMutableGradient { gradient in
      var execution = unsafe Execution.current.kernelExecution
      unsafe matrix.withUnsafePointer { matrixPointer in
        unsafe ck_column_sums(
          &execution, Tensor.count(of: matrix.shape.dropLast()), shape[0], matrixPointer, gradient)
      }
    }
  }

  /// Adds aᵀ·b to the gradient of a parameter of shape [m, n]: each element is one chain over the rows in their order, so
  /// that parts of a batch in their order give the bits of the whole.
  ///
  /// - Parameters:
  ///   - transposed: a, [rows, m]; or more axes before the last, which together are the rows.
  ///   - other: b, [rows, n] with the same axes before the last. Stops at other shapes.
  public func addToGradient(productOfTransposed transposed: Tensor, and other: Tensor) {
    require(
      transposed.rank >= 2 && transposed.shape.dropLast() == other.shape.dropLast()
        && shape == [transposed.shape.last!, other.shape.last!],
      "Parameter.addToGradient(productOfTransposed:and:): shapes \(transposed.shape) and \(other.shape); expected [rows, m] and [rows, n] for the parameter's shape [m, n] = \(shape)"
    )
    unsafe accumulateGradient { gradient, accumulate in
      var execution = unsafe Execution.current.kernelExecution
      unsafe transposed.withUnsafePointer { a in
        unsafe other.withUnsafePointer { b in
          unsafe check(
            ck_matmul(
              &execution, true, false, shape[0], shape[1],
              Tensor.count(of: transposed.shape.dropLast()), a, b, accumulate, gradient))
        }
      }
    }
  }

  /// Removes the gradient; its memory is kept for the next.
  public func clearGradient() { gradientSum.clear() }

  /// The parameter as a matrix of draws: the first axis is the rows, the others together are the columns. A parameter of one
  /// axis, such as a bias, is one column.
  package var matrixShape: (rows: Int, columns: Int) { Parameter.matrixShape(of: shape) }

  /// The same of a shape.
  package static func matrixShape(of shape: [Int]) -> (rows: Int, columns: Int) {
    (shape.first ?? 1, shape.dropFirst().reduce(1, *))
  }

  // MARK: Update

  /// Gives an optimizer the value and the gradient to change the value by; then clears the gradient.
  ///
  /// The version goes up by one. Stops where there is no value or no gradient (see ``hasGradient``).
  public func update(
    _ body: (_ value: inout MutableSpan<Float>, _ gradient: inout MutableSpan<Float>) -> Void
  ) {
    requireUpdatable()
    // The factors of an open sum may hold the value.
    gradientSum.complete()
    stored!.withMutableSpan { value in
      gradientSum.mutable.withMutableSpan { gradient in body(&value, &gradient) }
    }
    clearGradient()
    changed()
  }

  /// The same for a kernel, which only reads the gradient. Neither pointer is null; both are aligned to 64 bytes.
  package func updateByKernel(
    _ body: (_ value: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>) -> Void
  ) {
    requireUpdatable()
    gradientSum.complete()
    unsafe stored!.withUnsafeMutablePointer { value in
      unsafe gradientSum.value!.withUnsafePointer { gradient in unsafe body(value, gradient) }
    }
    clearGradient()
    changed()
  }

  private func requireUpdatable() {
    requireInitialized()
    require(
      hasGradient,
      "Parameter.update: the parameter of shape \(shape) has no gradient; expected one, from a pullback"
    )
  }
}
