// The machine as a contender: the peak of fused multiply-adds and of stores, by the same protocol as every other.
import BenchmarkProtocol
import Foundation
import MachineLimits

let threads = benchmarkThreads(else: ProcessInfo.processInfo.activeProcessorCount)

/// The best of several bursts of a few milliseconds, as the amount of one second: what the machine can do, not what the
/// moment lets it.
func best(of repetitions: Int, _ rate: () -> Double) throws -> Answer {
  let best = (0..<repetitions).map { _ in rate() }.max() ?? -1
  guard best > 0 else { throw Unsupported("no fused multiply-add, or a thread did not start") }
  return Answer(seconds: 1, amount: best)
}

/// Memory for all threads, aligned to cache lines and touched.
func buffer(floats: Int) -> UnsafeMutablePointer<Float> {
  let bytes = floats * threads * MemoryLayout<Float>.stride
  let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
  memory.initializeMemory(as: UInt8.self, repeating: 1, count: bytes)
  return memory.bindMemory(to: Float.self, capacity: floats * threads)
}

/// A buffer of each level lives as long as the process.
let toMemory = buffer(floats: (128 << 20) / (4 * threads))
let toCache = buffer(floats: (256 << 10) / 4)

let greeting = Greeting(
  name: "Machine", version: String(cString: machine_instruction_set()),
  settings: "\(threads) threads")
try serve(greeting) { asked in
  switch asked {
  case .peak:
    return { repetitions in
      try best(of: repetitions) { machine_fused_multiply_adds(Int32(threads), 1_000_000) }
    }
  case .bandwidth(.memory):
    return { repetitions in
      try best(of: repetitions) {
        machine_store_bandwidth(Int32(threads), toMemory, (128 << 20) / (4 * threads), 1, true)
      }
    }
  case .bandwidth(.cache):
    return { repetitions in
      try best(of: repetitions) {
        machine_store_bandwidth(Int32(threads), toCache, (256 << 10) / 4, 500, false)
      }
    }
  default:
    throw Unsupported("the machine computes nothing")
  }
}
