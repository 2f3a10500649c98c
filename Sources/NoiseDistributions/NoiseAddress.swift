package import CKernels
import DitherRuntime

/// Where a tile of draws lies: the place in the matrix, the step, and the key that stands for seed, domain, site and slot.
///
/// A distribution reads its random words through it, and every word depends on its own element's place alone. The
/// functions that fill run on the calling thread.
public struct NoiseAddress: Sendable {
  /// Rows of the tile.
  public let rows: Int
  /// Columns of the tile.
  public let columns: Int
  /// Columns of the whole matrix; 32 or fewer have a layout of their own.
  public let width: Int

  let key: UInt64
  let counterStep: UInt64
  let firstRow: UInt32
  let firstColumn: UInt32
  let planeNumber: UInt32
  // The instruction set of the call that the tile belongs to: a task-local value is not seen on a kernel's threads.
  // It never changes a draw, so it is no part of equality.
  let kernels: UInt

  init(
    _ address: ck_address, rows: Int, columns: Int, kernels: UInt
  ) {
    self.rows = rows
    self.columns = columns
    width = Int(address.width)
    key = address.key
    counterStep = address.step
    firstRow = address.row
    firstColumn = address.column
    planeNumber = address.plane
    self.kernels = kernels
  }

  /// The first row of the tile, counted in the whole batch.
  public var row: Int { Int(firstRow) }
  /// The first column of the tile.
  public var column: Int { Int(firstColumn) }
  /// The training step, or the number of the Monte Carlo sample.
  public var step: Int { Int(counterStep) }
  /// Which of the 128 sets of words an element has: 0 unless ``plane(_:)`` chose another.
  public var plane: Int { Int(planeNumber) }

  /// The same place in another plane: further words, independent of the other planes', for draws that need more than
  /// one value an element (a mixture's choice, a Student t's denominator).
  ///
  /// - Parameter plane: 0…127. Another stops the program.
  public func plane(_ plane: Int) -> NoiseAddress {
    require(plane >= 0 && plane < 128, "NoiseAddress.plane: plane is \(plane); expected 0…127")
    var address = kernelAddress
    address.plane = UInt32(plane)
    return NoiseAddress(address, rows: rows, columns: columns, kernels: kernels)
  }

  /// The same place under a key of its own: words that are independent of all planes here and of the other branch's, for
  /// what a mixture's first (0) and second (1) distribution draw.
  func branch(_ number: UInt32) -> NoiseAddress {
    var address = kernelAddress
    address.key = ck_noise_branch(key, number)
    return NoiseAddress(address, rows: rows, columns: columns, kernels: kernels)
  }

  /// Fills the tile with uniform draws p = (2k + 1) · 2⁻²⁴, k = 0 … 2²³ − 1: never 0 or 1, symmetric about ½.
  ///
  /// - Parameter tile: `rows × columns` elements. Another count stops the program.
  public func fillUniforms(_ tile: inout MutableSpan<Float>) {
    unsafe fill(&tile, from: ck_draw(CK_UNIT))
  }

  /// Fills the tile with draws of the standard normal distribution (see ``Gaussian``).
  ///
  /// An element takes one of each two words that it and its partner have, so uniforms, words and Gaussians of one plane
  /// are not independent of each other.
  ///
  /// - Parameter tile: `rows × columns` elements. Another count stops the program.
  public func fillGaussians(_ tile: inout MutableSpan<Float>) {
    unsafe fill(&tile, from: ck_draw(CK_GAUSSIAN, a: 0, b: 1))
  }

  /// Fills the tile with the random words themselves: 32 uniform bits an element.
  ///
  /// - Parameter tile: `rows × columns` elements. Another count stops the program.
  public func fillWords(_ tile: inout MutableSpan<UInt32>) {
    requireCount(tile.count)
    var execution = unsafe kernelExecution
    var address = kernelAddress
    let (rows, columns) = (rows, columns)
    unsafe tile.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, buffer.count > 0 else { return }
      check(unsafe ck_fill_words(&execution, &address, rows, columns, start, columns))
    }
  }
}

extension NoiseAddress {
  /// Fills the tile by a kernel, on the calling thread.
  func fill(_ tile: inout MutableSpan<Float>, from draw: ck_draw) {
    requireCount(tile.count)
    var execution = unsafe kernelExecution
    var address = kernelAddress
    var draw = unsafe draw
    let (rows, columns) = (rows, columns)
    unsafe tile.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, buffer.count > 0 else { return }
      check(unsafe ck_fill(&execution, &draw, &address, rows, columns, start, columns))
    }
  }

  package var kernelAddress: ck_address {
    ck_address(
      key: key, step: counterStep, row: firstRow, column: firstColumn, width: UInt32(width),
      plane: planeNumber)
  }

  private var kernelExecution: ck_execution {
    unsafe ck_execution(kernels: OpaquePointer(bitPattern: kernels)!, threads: 1)
  }

  private func requireCount(_ count: Int) {
    require(
      count == rows * columns,
      "NoiseAddress: the tile has \(count) elements; expected \(rows) × \(columns) = \(rows * columns)"
    )
  }
}

extension NoiseAddress: Hashable {
  public static func == (a: NoiseAddress, b: NoiseAddress) -> Bool {
    a.rows == b.rows && a.columns == b.columns && a.width == b.width && a.key == b.key
      && a.counterStep == b.counterStep && a.firstRow == b.firstRow
      && a.firstColumn == b.firstColumn && a.planeNumber == b.planeNumber
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(rows)
    hasher.combine(columns)
    hasher.combine(width)
    hasher.combine(key)
    hasher.combine(counterStep)
    hasher.combine(firstRow)
    hasher.combine(firstColumn)
    hasher.combine(planeNumber)
  }
}
