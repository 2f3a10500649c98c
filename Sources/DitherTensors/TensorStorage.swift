import CKernels
import DitherRuntime

/// The memory of one or more tensors: a block of the pool, given back with the last tensor that holds it.
///
/// Sendable although its memory can change: it changes only through a tensor that holds it alone.
@safe
@usableFromInline
final class TensorStorage: @unchecked Sendable {
  /// Aligned to 64 bytes; never null, also where there are no elements.
  @usableFromInline let pointer: UnsafeMutablePointer<Float>
  private let capacity: Int

  /// Memory for `count` elements, contents undefined.
  init(count: Int) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    var capacity = 0
    guard !overflow, let block = unsafe ck_memory_take(bytes, &capacity) else {
      misuse("no memory for a tensor of \(count) elements")
    }
    unsafe pointer = block.bindMemory(to: Float.self, capacity: count)
    self.capacity = capacity
  }

  deinit { unsafe ck_memory_give(pointer, capacity) }
}
