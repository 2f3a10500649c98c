package import CKernels
import DitherRuntime

/// A distribution that a kernel draws by itself.
package protocol NativeDistribution: NoiseDistribution {
  var draw: ck_draw { get }
}

extension ck_draw {
  /// A draw that the kernels know, with its parameters and its probability.
  init(
    _ distribution: ck_distribution, a: Float = 0, b: Float = 0, c: Float = 0,
    chance: ck_chance = ck_chance(threshold: 0, bits: 0)
  ) {
    unsafe self.init()
    unsafe self.distribution = distribution
    unsafe (self.a, self.b, self.c) = (a, b, c)
    unsafe self.chance = chance
  }
}

/// What a kernel draws from, and for another distribution than the built-in ones what its callback needs.
/// The draw may hold pointers into the distribution or to `copies`: keep the source alive while a kernel may use it.
@safe struct DrawSource {
  let draw: ck_draw
  let copies: ThreadCopies?
  private let distribution: any NoiseDistribution

  init(_ distribution: some NoiseDistribution, _ execution: Execution) {
    self.distribution = distribution
    if let native = distribution as? any NativeDistribution {
      unsafe draw = native.draw
      copies = nil
    } else {
      let copies = ThreadCopies(of: distribution, execution)
      var draw = unsafe ck_draw(CK_CALLBACK)
      unsafe draw.callback = ThreadCopies.callback
      unsafe draw.context = Unmanaged.passUnretained(copies).toOpaque()
      unsafe self.draw = draw
      self.copies = copies
    }
  }
}

/// A distribution for use by the threads of a call: a copy each, so that no thread counts another's references.
@safe final class ThreadCopies: @unchecked Sendable {
  // Raw memory rather than an array: reading an array's element counts references to its storage on every thread.
  private let fillers: UnsafeMutableBufferPointer<Unmanaged<TileFiller>>
  private let kernels: UInt

  init(of distribution: some NoiseDistribution, _ execution: Execution) {
    unsafe fillers = .allocate(capacity: max(1, execution.threads))
    for index in unsafe fillers.indices {
      unsafe fillers.initializeElement(
        at: index, to: .passRetained(TileFiller.copy(of: distribution)))
    }
    unsafe kernels = UInt(bitPattern: execution.instructionSet.kernels)
  }

  deinit {
    for index in unsafe fillers.indices { unsafe fillers[index].release() }
    unsafe fillers.deallocate()
  }

  /// Fills one tile by the copy of its thread.
  private func fill(
    _ tile: UnsafeMutablePointer<Float>, worker: Int, _ address: ck_address, rows: Int, columns: Int
  ) {
    let count = unsafe fillers.count
    require(
      worker >= 0 && worker < count,
      "a kernel's thread has the number \(worker); expected 0 ..< \(count)")
    // A distribution that leaves elements unwritten must not let through what another tile left here.
    unsafe tile.update(repeating: 0, count: rows * columns)
    var span = unsafe MutableSpan(_unsafeStart: tile, count: rows * columns)
    let address = NoiseAddress(address, rows: rows, columns: columns, kernels: kernels)
    unsafe fillers[worker]._withUnsafeGuaranteedRef { $0.fill(&span, at: address) }
  }

  static let callback: ck_fill_callback = { context, worker, address, rows, columns, tile in
    unsafe Unmanaged<ThreadCopies>.fromOpaque(context!)._withUnsafeGuaranteedRef {
      unsafe $0.fill(tile!, worker: Int(worker), address!.pointee, rows: rows, columns: columns)
    }
  }
}

/// One thread's copy, its type erased: a C callback knows no type parameters.
class TileFiller {
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    misuse("TileFiller.fill has no body of its own")
  }

  static func copy(of distribution: some NoiseDistribution) -> TileFiller {
    if let rows = distribution as? any RowNoiseDistribution { return copy(ofRows: rows) }
    return DistributionFiller(distribution)
  }

  private static func copy(ofRows distribution: some RowNoiseDistribution) -> TileFiller {
    RowFiller(distribution)
  }
}

private final class DistributionFiller<Distribution: NoiseDistribution>: TileFiller {
  private let distribution: Distribution

  init(_ distribution: Distribution) {
    self.distribution = distribution
  }

  override func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    distribution.fill(&tile, at: address)
  }
}
