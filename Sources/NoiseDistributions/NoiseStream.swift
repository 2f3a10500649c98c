import CKernels
import DitherRuntime

/// The draws of one seed, by address: a value without state, which draws nothing by being copied or used.
///
/// A draw is a pure function of (seed, domain, site, slot, step, row, column). The same address gives the same bits
/// whatever the thread count, the instruction set, the batch split or the machine.
///
/// ```swift
/// let noise = NoiseStream(seed: 42)
/// let draws = noise.at(step: 3).draws(
///   from: Gaussian(standardDeviation: 0.2), site: "0.input", rows: 128, columns: 784)
/// ```
///
/// The bits are Philox4x32-10's (Salmon, Moraes, Dror, Shaw: *Parallel random numbers: as easy as 1, 2, 3*, 2011).
public struct NoiseStream: Sendable, Hashable {
  /// The version of the map from addresses to bits. A checkpoint holds it; draws of another version would differ.
  public static let version = Int(CK_STREAM_VERSION)

  /// The most columns that a matrix of draws may have.
  public static let maximumColumns = 1 << 26
  /// The most rows that a whole batch may have.
  public static let maximumRows = 1 << 32

  /// The seed. Neighbouring seeds are as independent as any.
  public let seed: UInt64
  /// The training step, or the number of the Monte Carlo sample.
  public private(set) var step = 0
  /// What the draws are for.
  public private(set) var domain = NoiseDomain.training
  /// Whether the step is held: see ``frozen()``.
  public private(set) var isFrozen = false
  /// The index, in the whole batch, of the first row drawn.
  public private(set) var firstRow = 0

  /// The stream of a seed: at step 0, in the domain ``NoiseDomain/training``, from row 0.
  public init(seed: UInt64) {
    self.seed = seed
  }

  /// The stream at another step. A frozen stream stays at its own: see ``frozen()``.
  ///
  /// - Parameter step: 0 or more; a negative one stops the program.
  public func at(step: Int) -> NoiseStream {
    require(step >= 0, "NoiseStream.at: step is \(step); expected 0 or more")
    if isFrozen { return self }
    var stream = self
    stream.step = step
    return stream
  }

  /// The stream with its step held: the same draws in every call, whatever step it is asked for.
  ///
  /// It goes in the place of a stream whose steps a loop counts up, so that all steps have one set of masks, or one
  /// sample of the network is used for many inputs. Rows of a batch still differ.
  ///
  /// ```swift
  /// let held = NoiseStream(seed: 42).at(step: 3).frozen()
  /// assert(held.at(step: 4).step == 3)
  /// ```
  public func frozen() -> NoiseStream {
    var stream = self
    stream.isFrozen = true
    return stream
  }

  /// The stream for a part of a batch: its first row is row `firstRow` of the whole batch.
  ///
  /// - Parameter firstRow: counted from the start of the whole batch, whatever the stream's own ``firstRow``;
  ///   0 ..< 2³². Another stops the program.
  public func rows(from firstRow: Int) -> NoiseStream {
    require(
      firstRow >= 0 && firstRow < NoiseStream.maximumRows,
      "NoiseStream.rows: the first row is \(firstRow); expected 0 ..< \(NoiseStream.maximumRows)")
    var stream = self
    stream.firstRow = firstRow
    return stream
  }

  /// The stream in another domain.
  public func `in`(_ domain: NoiseDomain) -> NoiseStream {
    var stream = self
    stream.domain = domain
    return stream
  }

  /// The address of the matrix of draws of one noise at one site.
  ///
  /// - Parameters:
  ///   - site: the place's path in the network, such as `"0.input"`.
  ///   - slot: which of the noises at that site, 0 or more.
  ///   - rows: rows of the matrix, from ``firstRow`` on.
  ///   - columns: its columns, 2²⁶ at most. Widths up to 32 and greater ones are places
  ///     of their own, with independent draws.
  public func address(of site: String, slot: Int = 0, rows: Int, columns: Int) -> NoiseAddress {
    requireMatrix(rows: rows, columns: columns)
    let address = ck_address(
      key: key(site: site, slot: slot, columns: columns), step: UInt64(step), row: UInt32(firstRow),
      column: 0,
      width: UInt32(columns), plane: 0)
    let kernels = unsafe UInt(bitPattern: Execution.current.instructionSet.kernels)
    return NoiseAddress(address, rows: rows, columns: columns, kernels: kernels)
  }
}

extension NoiseStream {
  /// The 64-bit key of one noise at one site, for matrices of that many columns.
  package func key(site: String, slot: Int, columns: Int) -> UInt64 {
    require(
      slot >= 0 && slot <= UInt32.max, "NoiseStream: slot is \(slot); expected 0…4294967295")
    var site = site
    return site.withUTF8 { path in
      unsafe ck_noise_key(
        seed, domain.number, UInt32(slot), UInt32(columns), path.baseAddress, path.count)
    }
  }

  package func requireMatrix(rows: Int, columns: Int) {
    require(
      columns >= 0 && columns <= NoiseStream.maximumColumns,
      "NoiseStream: columns is \(columns); expected 0…\(NoiseStream.maximumColumns)")
    require(
      rows >= 0 && rows <= NoiseStream.maximumRows - firstRow,
      "NoiseStream: rows is \(rows), from row \(firstRow); expected at most \(NoiseStream.maximumRows) rows in all"
    )
  }
}
