import CKernels
import DitherRuntime
import Testing

// The pool is the process's own, so that each test has a process to itself.
@Suite("The memory pool")
struct MemoryPoolTests {
  @Test("A block given back is the next that is taken of its size")
  func reuse() async {
    await #expect(processExitsWith: .success) {
      let block = Block(bytes: 1000)
      #expect(block.capacity == 1024 && MemoryPool.freshBlocks == 1)
      block.give()
      #expect(MemoryPool.idleBytes == 1024)
      let again = Block(bytes: 1024)
      #expect(unsafe again.address == block.address && again.capacity == 1024)
      #expect(MemoryPool.freshBlocks == 1 && MemoryPool.idleBytes == 0)
    }
  }

  @Test("Idle blocks never hold more than 512 MiB, whatever is given back")
  func cap() async {
    await #expect(processExitsWith: .success) {
      for megabytes in [64, 3, 100, 700, 1, 512, 64] {
        for block in blocks(count: 1400 / megabytes, bytes: megabytes << 20) {
          block.give()
          #expect(MemoryPool.idleBytes <= 512 << 20)
        }
      }
      #expect(MemoryPool.idleBytes == 512 << 20)
    }
  }

  @Test("A steady loop takes no fresh block, also where blocks of other sizes have filled the pool")
  func eviction() async {
    await #expect(processExitsWith: .success) {
      for block in blocks(count: 16, bytes: 32 << 20) {
        block.give()
      }
      #expect(MemoryPool.idleBytes == 512 << 20)
      for bytes in [1 << 20, 200 << 20, 1000] {
        takeAndGive(bytes)
        let fresh = MemoryPool.freshBlocks
        for _ in 0..<10 { takeAndGive(bytes) }
        #expect(MemoryPool.freshBlocks == fresh, "\(bytes) bytes")
      }
      // What goes first are the largest: the small ones are still there.
      let fresh = MemoryPool.freshBlocks
      takeAndGive(1 << 20)
      #expect(MemoryPool.freshBlocks == fresh)
    }
  }

  @Test("Blocks of the same size beyond the cap are freed, and others stay")
  func ownSize() async {
    await #expect(processExitsWith: .success) {
      takeAndGive(1 << 20)
      for block in blocks(count: 40, bytes: 16 << 20) {
        block.give()
      }
      #expect(MemoryPool.idleBytes == 512 << 20)
      for block in blocks(count: 31, bytes: 16 << 20) {
        block.give()
      }
      #expect(MemoryPool.freshBlocks == 41)
    }
  }

  @Test("Trimming frees every idle block and says how much that was; taken blocks stay as they are")
  func trim() async {
    await #expect(processExitsWith: .success) {
      let kept = Block(bytes: 1000)
      kept.fill(0xA5)
      for block in blocks(count: 3, bytes: 1 << 20) + blocks(count: 5, bytes: 700) {
        block.give()
      }
      #expect(MemoryPool.trim() == 3 << 20 + 5 * 768)
      #expect(MemoryPool.idleBytes == 0 && MemoryPool.trim() == 0)
      #expect(kept.holds(0xA5))
    }
  }

  @Test("More memory than there is gives none, and frees what was idle to try again")
  func exhaustion() async {
    await #expect(processExitsWith: .success) {
      takeAndGive(1 << 20)
      var capacity = 0
      #expect(unsafe ck_memory_take(1 << 46, &capacity) == nil)
      #expect(MemoryPool.idleBytes == 0)
      #expect(unsafe ck_memory_take(.max, &capacity) == nil)
      #expect(unsafe ck_memory_take(1 << 20, &capacity) != nil)
    }
  }

  @Test("Of many threads none is handed a block that another holds")
  func manyThreads() async {
    await #expect(processExitsWith: .success) {
      await withTaskGroup(of: Int.self) { group in
        for worker in 0..<8 { group.addTask { overwrittenBlocks(worker: worker) } }
        for await overwritten in group { #expect(overwritten == 0) }
      }
      #expect(MemoryPool.idleBytes <= 512 << 20)
      #expect(MemoryPool.trim() > 0 && MemoryPool.idleBytes == 0)
    }
  }
}

/// A block taken from the pool.
@safe private struct Block {
  let address: UnsafeMutableRawPointer
  let capacity: Int

  init(bytes: Int) {
    var capacity = 0
    unsafe address = ck_memory_take(bytes, &capacity)!
    self.capacity = capacity
  }

  func give() { unsafe ck_memory_give(address, capacity) }

  func fill(_ word: UInt64) {
    unsafe address.initializeMemory(as: UInt64.self, repeating: word, count: capacity / 8)
  }

  func holds(_ word: UInt64) -> Bool {
    let words = unsafe UnsafeBufferPointer(
      start: address.assumingMemoryBound(to: UInt64.self), count: capacity / 8)
    return unsafe words.allSatisfy { $0 == word }
  }
}

private func blocks(count: Int, bytes: Int) -> [Block] {
  (0..<count).map { _ in Block(bytes: bytes) }
}

private func takeAndGive(_ bytes: Int) { Block(bytes: bytes).give() }

/// Takes and gives back blocks, filling each with a word of its own while it is held. Returns how many had another word in
/// them at the end.
private func overwrittenBlocks(worker: Int) -> Int {
  var held: [(block: Block, word: UInt64)] = []
  var overwritten = 0
  for turn in 0..<20_000 {
    if held.count == 16 {
      let (block, word) = held.remove(at: turn * 7 % 16)
      if !block.holds(word) { overwritten += 1 }
      block.give()
    }
    if turn % 1000 == 999 { MemoryPool.trim() }
    let word = UInt64(worker) << 32 | UInt64(turn)
    held.append((Block(bytes: 256 + turn * 31 % 700), word))
    held[held.count - 1].block.fill(word)
  }
  for entry in held { entry.block.give() }
  return overwritten
}
