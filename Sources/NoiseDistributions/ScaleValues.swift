import CKernels
import DitherRuntime

/// Scales of a rule that are more than one number, in a block of the kernels' pool: a scale an element takes the memory of
/// the parameter that it is for, at every step again.
@safe package final class ScaleValues: @unchecked Sendable {
  package let count: Int
  let pointer: UnsafeMutablePointer<Float>
  private let capacity: Int

  /// - Parameter fill: writes every element.
  package init(count: Int, _ fill: (UnsafeMutablePointer<Float>) -> Void) {
    var capacity = 0
    guard let block = unsafe ck_memory_take(count * MemoryLayout<Float>.stride, &capacity) else {
      misuse("no memory for \(count) scales")
    }
    self.count = count
    self.capacity = capacity
    unsafe pointer = block.bindMemory(to: Float.self, capacity: count)
    unsafe fill(pointer)
  }

  deinit { unsafe ck_memory_give(pointer, capacity) }
}
