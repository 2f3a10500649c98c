import CKernels
import DitherRuntime

/// Values between two margins that no kernel may write, at an odd place in memory. The margins are NaN: an element read
/// from there shows in what a kernel computes.
struct FencedFloats {
  private static let margin = 67
  private static let canary: UInt32 = 0x7FB1_DEAD

  private var memory: [Float]
  let count: Int

  init(_ values: [Float]) {
    let margin = [Float](repeating: Float(bitPattern: Self.canary), count: Self.margin)
    memory = margin + values + margin
    count = values.count
  }

  /// To be written: NaN everywhere.
  init(count: Int) { self.init(unreadable(count)) }

  var values: [Float] { Array(memory[Self.margin..<Self.margin + count]) }

  var isIntact: Bool {
    let low = memory[..<Self.margin].allSatisfy { $0.bitPattern == Self.canary }
    return low && memory[(Self.margin + count)...].allSatisfy { $0.bitPattern == Self.canary }
  }

  mutating func withPointer<Result>(_ body: (UnsafeMutablePointer<Float>) -> Result) -> Result {
    unsafe memory.withUnsafeMutableBufferPointer {
      unsafe body($0.baseAddress! + Self.margin)
    }
  }
}

/// Lengths where vectors, lines and blocks end, on any instruction set.
let edgeLengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 257]

/// A length above which seven threads are started.
let parallelLength = 262_147

/// `count` values, every eighth a special one.
func mixedFloats(_ count: Int, _ generator: inout LinearGenerator) -> [Float] {
  var values = generator.values(count)
  var place = 0
  while place < count {
    let word = generator.next()
    values[place] = specialFloats[Int(word % UInt64(specialFloats.count))]
    place += 8
  }
  return values
}

/// Its NaN replaced by the one that the kernels give.
func quieted(_ x: Float) -> Float { x.isNaN ? Float(bitPattern: quietNaN) : x }

func unary(_ function: ck_unary_function, _ x: [Float], _ run: LinearRun) -> [Float] {
  var y = unreadable(x.count)
  var execution = unsafe run.execution
  unsafe ck_unary(&execution, function, x.count, x, &y)
  return y
}

func unaryGradient(
  _ function: ck_unary_function, saved: [Float], _ dy: [Float], _ run: LinearRun
) -> [Float] {
  var dx = unreadable(dy.count)
  var execution = unsafe run.execution
  unsafe ck_unary_gradient(&execution, function, dy.count, saved, dy, &dx)
  return dx
}
