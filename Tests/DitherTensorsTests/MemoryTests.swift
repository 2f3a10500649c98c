import DitherRuntime
import DitherTensors
import Foundation
import Testing

@Suite("Memory")
struct MemoryTests {
  /// In a process of its own: the pool's counts are of the whole process.
  @Test("A steady loop asks the system for no more blocks")
  func steadyLoop() async {
    await #expect(processExitsWith: .success) {
      let x = Tensor(repeating: 0.5, shape: [200, 300])
      let weight = Parameter(Tensor(repeating: 0.01, shape: [100, 300]))
      func step() {
        let y = x.matmul(weight.value, transposingOther: true).tanh()
        let gradient = (y - 1) * 0.1
        weight.addToGradient(gradient.matmul(x, transposingSelf: true))
        weight.update { value, gradient in
          for index in value.indices { value[index] -= 0.01 * gradient[index] }
        }
        _ = (y + y.sum(axis: 0)).rows(0..<10).scalars
      }
      for _ in 0..<3 { step() }
      let before = MemoryPool.freshBlocks
      for _ in 0..<20 { step() }
      exit(MemoryPool.freshBlocks == before && before > 0 ? EXIT_SUCCESS : EXIT_FAILURE)
    }
  }

  @Test("Memory returns to the pool with the last tensor that holds it, and trimming frees it")
  func returned() async {
    await #expect(processExitsWith: .success) {
      MemoryPool.trim()
      var copy: Tensor?
      do {
        let tensor = Tensor(zeros: [1 << 20])
        copy = tensor.reshaped(to: [1 << 10, 1 << 10])
      }
      let held = MemoryPool.idleBytes
      if copy!.sum() != 0 { exit(EXIT_FAILURE) }
      copy = nil
      let idle = MemoryPool.idleBytes
      let freed = MemoryPool.trim()
      let right = held < 1 << 22 && idle >= 1 << 22 && freed == idle && MemoryPool.idleBytes == 0
      exit(right ? EXIT_SUCCESS : EXIT_FAILURE)
    }
  }
}
