import DitherRuntime

extension Tensor {
  /// The elements in row order.
  public var scalars: [Float] {
    unsafe Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress {
        unsafe start.initialize(from: storage.pointer, count: count)
      }
      initialized = count
    }
  }

  /// The one element of a tensor that has just one. Stops at any other count.
  public var item: Float {
    require(count == 1, "Tensor.item: shape \(shape) has \(count) elements; expected 1")
    return unsafe storage.pointer[0]
  }

  /// The element at an index on each axis. Stops where there is none.
  ///
  /// Each access checks its indices; for a loop over many elements see ``withSpan(_:)`` and ``withMutableSpan(_:)``.
  public subscript(_ indices: Int...) -> Float {
    get {
      let offset = offset(of: indices)
      return unsafe storage.pointer[offset]
    }
    set {
      let offset = offset(of: indices)
      makeUnique()
      unsafe storage.pointer[offset] = newValue
    }
  }

  private func offset(of indices: [Int]) -> Int {
    require(
      indices.count == rank,
      "Tensor subscript: \(indices.count) indices \(indices) for shape \(shape); expected \(rank)")
    var offset = 0
    for (axis, index) in indices.enumerated() {
      require(
        index >= 0 && index < shape[axis],
        "Tensor subscript: index \(index) on axis \(axis) of shape \(shape); expected 0..<\(shape[axis])"
      )
      offset = offset * shape[axis] + index
    }
    return offset
  }

  /// Gives `body` the elements in row order, without a copy.
  @inlinable
  public func withSpan<Result, Failure: Error>(
    _ body: (Span<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(storage) {} }
    return try body(unsafe UnsafeBufferPointer(start: storage.pointer, count: count).span)
  }

  /// Gives `body` the elements in row order to change. They are copied first if another tensor shares them.
  @inlinable
  public mutating func withMutableSpan<Result, Failure: Error>(
    _ body: (inout MutableSpan<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    makeUnique()
    defer { withExtendedLifetime(storage) {} }
    var span = unsafe UnsafeMutableBufferPointer(start: storage.pointer, count: count).mutableSpan
    return try body(&span)
  }

  /// The elements for a kernel that reads them. Never null; aligned to 64 bytes.
  package func withUnsafePointer<Result, Failure: Error>(
    _ body: (UnsafePointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(storage) {} }
    return try unsafe body(UnsafePointer(storage.pointer))
  }

  /// The elements for a kernel that changes them; copied first if another tensor shares them.
  package mutating func withUnsafeMutablePointer<Result, Failure: Error>(
    _ body: (UnsafeMutablePointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    makeUnique()
    defer { withExtendedLifetime(storage) {} }
    return try unsafe body(storage.pointer)
  }

  /// Before a change: memory of this tensor's own, with the same contents.
  @usableFromInline
  mutating func makeUnique() {
    if isKnownUniquelyReferenced(&storage) { return }
    let copy = TensorStorage(count: count)
    unsafe copy.pointer.initialize(from: storage.pointer, count: count)
    storage = copy
  }

  /// Before a change of every element: memory of this tensor's own, whatever its contents.
  mutating func makeUniqueDiscardingContents() {
    if !isKnownUniquelyReferenced(&storage) { storage = TensorStorage(count: count) }
  }
}

extension Tensor {
  /// Sets every element.
  public mutating func fill(with value: Float) {
    makeUniqueDiscardingContents()
    unsafe storage.pointer.update(repeating: value, count: count)
  }
}
