import CKernels

/// The memory that tensors and kernels share: blocks given back are kept, up to 512 MiB, for the next that needs one. Beyond
/// that, idle blocks of other sizes are freed first.
public enum MemoryPool {
  /// Frees every idle block. Returns the number of bytes freed.
  @discardableResult
  public static func trim() -> Int { ck_memory_trim() }

  /// Bytes in idle blocks.
  public static var idleBytes: Int { ck_memory_idle_bytes() }

  /// Blocks that had to be asked of the system since the start: a steady training step adds none.
  public static var freshBlocks: Int { Int(ck_memory_fresh_blocks()) }
}
