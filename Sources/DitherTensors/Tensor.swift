import DitherRuntime

/// An array of `Float`s with a shape: a value, like Swift's own arrays.
///
/// The elements lie in row order: the last axis varies fastest. A matrix of shape `[rows, columns]` holds a sample in
/// each row. Copies share their memory until one of them changes (copy on write). A shape may hold zeros: such a tensor
/// has no elements and every operation takes it. The shape `[]` is that of a single number.
///
/// ```swift
/// let x = Tensor(rows: [[1, 2], [3, 4]])
/// let y = x.matmul(x) + Tensor([10, 20])   // [[17.0, 30.0], [25.0, 42.0]]
/// ```
///
/// Operations run with the threads and on the instruction set of `Execution.current`, which never change a bit of the
/// result. Shapes that do not fit stop the program with a message that names them.
public struct Tensor: Sendable {
  /// The length of each axis.
  public internal(set) var shape: [Int]
  /// The number of elements: the product of the shape.
  public let count: Int
  @usableFromInline var storage: TensorStorage

  init(shape: [Int], count: Int, storage: TensorStorage) {
    self.shape = shape
    self.count = count
    self.storage = storage
  }

  /// Pooled memory whose contents are undefined until written. The caller writes every element.
  @usableFromInline
  init(undefined shape: [Int]) {
    self.init(shape: shape, count: Tensor.count(of: shape), storage: nil)
  }

  private init(shape: [Int], count: Int, storage: TensorStorage?) {
    self.init(shape: shape, count: count, storage: storage ?? TensorStorage(count: count))
  }

  /// The number of axes.
  public var rank: Int { shape.count }

  /// The number of elements of a shape. Stops at a negative length and at a number of elements beyond `Int`.
  static func count(of shape: some Collection<Int>) -> Int {
    var count = 1
    var overflows = false
    for length in shape {
      require(
        length >= 0, "Tensor: shape \(Array(shape)) has a negative length; expected each at least 0"
      )
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      count = product
      overflows = overflows || overflow
    }
    require(
      !overflows || shape.contains(0),
      "Tensor: shape \(Array(shape)) has more elements than can be counted")
    return shape.contains(0) ? 0 : count
  }
}

// MARK: Making tensors

extension Tensor {
  /// A tensor of zeros.
  public init(zeros shape: [Int]) { self.init(repeating: 0, shape: shape) }

  /// A tensor whose elements are all `value`.
  public init(repeating value: Float, shape: [Int]) {
    self.init(undefined: shape)
    unsafe storage.pointer.initialize(repeating: value, count: count)
  }

  /// A tensor of the given elements in row order. Stops unless there are as many as the shape has.
  public init(_ values: [Float], shape: [Int]) {
    self.init(undefined: shape)
    let (received, expected) = (values.count, count)
    require(
      received == expected,
      "Tensor: \(received) values for shape \(shape); expected \(expected)")
    unsafe values.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      unsafe storage.pointer.initialize(from: start, count: source.count)
    }
  }

  /// A vector: a tensor of one axis.
  public init(_ values: [Float]) { self.init(values, shape: [values.count]) }

  /// A matrix from its rows. Stops unless all are of one length.
  public init(rows: [[Float]]) {
    let columns = rows.first?.count ?? 0
    self.init(undefined: [rows.count, columns])
    for (index, row) in rows.enumerated() {
      require(
        row.count == columns,
        "Tensor(rows:): row \(index) has \(row.count) values; expected \(columns), as in row 0")
      for (column, value) in row.enumerated() {
        unsafe storage.pointer[index * columns + column] = value
      }
    }
  }

  /// A tensor in pooled memory whose contents are undefined until `initialize` has written them: it writes every
  /// element.
  ///
  /// ```swift
  /// let ramp = Tensor(uninitialized: [4]) { span in
  ///   for index in span.indices { span[index] = Float(index) }
  /// }
  /// ```
  @inlinable
  public init<Failure: Error>(
    uninitialized shape: [Int], _ initialize: (inout MutableSpan<Float>) throws(Failure) -> Void
  ) throws(Failure) {
    self.init(undefined: shape)
    var span = unsafe UnsafeMutableBufferPointer(start: storage.pointer, count: count).mutableSpan
    try initialize(&span)
  }

  /// The same for a kernel, which writes through a pointer.
  package init(
    undefined shape: [Int], writing write: (UnsafeMutablePointer<Float>) -> Void
  ) {
    self.init(undefined: shape)
    unsafe write(storage.pointer)
  }

  /// Tensors one after the other along the first axis. Stops unless there is one at least and their other axes
  /// agree.
  public init(concatenating tensors: [Tensor]) {
    guard let first = tensors.first, first.rank >= 1 else {
      misuse(
        "Tensor(concatenating:): \(tensors.count) tensors of shapes \(tensors.map(\.shape)); expected at least one, of rank 1 or more"
      )
    }
    for tensor in tensors {
      require(
        tensor.rank == first.rank && tensor.shape.dropFirst() == first.shape.dropFirst(),
        "Tensor(concatenating:): shape \(tensor.shape); expected that of the first, \(first.shape), but for the first axis"
      )
    }
    self.init(undefined: [tensors.reduce(0) { $0 + $1.shape[0] }] + first.shape.dropFirst())
    var end = 0
    for tensor in tensors {
      unsafe (storage.pointer + end).initialize(from: tensor.storage.pointer, count: tensor.count)
      end += tensor.count
    }
  }
}
